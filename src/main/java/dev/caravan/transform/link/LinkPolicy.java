package dev.caravan.transform.link;

import java.util.function.LongPredicate;

/**
 * What the operator wants for records that lean on something the source does not have.
 *
 * @param placeholderAuthors make a placeholder of an author no list names, else refuse the record
 * @param placeholderRoots make a placeholder of a thread's missing root, else refuse the reply
 * @param inDates whether a message of this time (us) is carried; a root that is not is made a stub when a reply needs it
 */
public record LinkPolicy(boolean placeholderAuthors, boolean placeholderRoots, LongPredicate inDates) {}
