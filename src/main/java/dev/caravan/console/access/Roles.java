package dev.caravan.console.access;

import java.util.Set;

/** What somebody may do. Each is given by itself; none holds another. */
public final class Roles {

    /** Sees figures, causes, the report: no text of a record. */
    public static final String VIEWER = "viewer";

    /** Starts and stops work, sends dead letters again, waives them. */
    public static final String OPERATOR = "operator";

    /** Allows a phase to begin, and what cannot be undone: a rollback. */
    public static final String APPROVER = "approver";

    /** May see the text of records, for a reason that is written down. */
    public static final String READER = "reader";

    /** Says who may use the console. */
    public static final String ADMIN = "admin";

    public static final Set<String> ALL = Set.of(VIEWER, OPERATOR, APPROVER, READER, ADMIN);

    private Roles() {}
}
