package dev.caravan.connector.jdbc;

/**
 * A column of a table.
 *
 * @param quoted its name as SQL takes it
 * @param filled whether the database fills it when nobody else does: it has a default, or numbers itself
 */
record Column(String name, String quoted, Form form, boolean filled) {}
