package dev.caravan.connector.matrix;

import java.time.Duration;

import dev.caravan.model.Outcome;
import dev.caravan.model.Undone;

/** A request that did not do what it should, and what is known about that. Carries no text of the server's answer. */
final class MatrixFailure extends Exception {

    enum Kind {
        /** The server said no. */
        DENIED,
        /** Surely not done, and may be tried again. */
        LATER,
        /** Perhaps done. */
        DOUBT
    }

    private static final String NOT_FOUND = "M_NOT_FOUND";
    private static final int MISSING = 404;

    private final Kind kind;
    private final int status;
    private final String code;
    private final transient Duration after;

    private MatrixFailure(Kind kind, int status, String code, Duration after) {
        super(kind + " " + status + " " + code, null, false, false);
        this.kind = kind;
        this.status = status;
        this.code = code;
        this.after = after;
    }

    /** @param code {@code errcode} of the answer: M_FORBIDDEN */
    static MatrixFailure denied(int status, String code) {
        return new MatrixFailure(Kind.DENIED, status, code, Duration.ZERO);
    }

    static MatrixFailure later(Duration after) {
        return new MatrixFailure(Kind.LATER, 0, "", after);
    }

    static MatrixFailure doubt() {
        return new MatrixFailure(Kind.DOUBT, 0, "", Duration.ZERO);
    }

    /**
     * The same of a record of which something is there already: it cannot be sent again as if nothing were, for the homeserver
     * forgets what was sent. A look-up finds what is missing.
     */
    MatrixFailure inPart() {
        return kind == Kind.LATER ? doubt() : this;
    }

    boolean isDenied() {
        return kind == Kind.DENIED;
    }

    boolean is(String errcode) {
        return kind == Kind.DENIED && code.equals(errcode);
    }

    boolean isNotFound() {
        return is(NOT_FOUND);
    }

    /** The same by its status: of a profile that is not there Synapse has no better code than M_UNKNOWN. */
    boolean isMissing() {
        return kind == Kind.DENIED && status == MISSING;
    }

    Outcome outcome() {
        return switch (kind) {
            case DENIED -> new Outcome.Refused("matrix-denied", code + " " + status);
            case LATER -> new Outcome.Retry(after);
            case DOUBT -> new Outcome.Unknown();
        };
    }

    /** What became of something that was to be taken back. */
    Undone.State undone() {
        return kind == Kind.DENIED ? Undone.State.KEPT : Undone.State.RETRY;
    }
}
