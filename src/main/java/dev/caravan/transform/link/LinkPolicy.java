package dev.caravan.transform.link;

/**
 * What the operator wants for records that lean on something the source does not have.
 *
 * @param placeholderAuthors make a placeholder of an author no list names, else refuse the record
 * @param placeholderRoots make a placeholder of a thread's missing root, else refuse the reply
 */
public record LinkPolicy(boolean placeholderAuthors, boolean placeholderRoots) {}
