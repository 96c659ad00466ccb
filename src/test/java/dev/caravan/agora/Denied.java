package dev.caravan.agora;

/** The stub's "no", in the shape of the documented error envelope. */
final class Denied extends RuntimeException {

    final int status;
    final String error;

    Denied(int status, String error, String description) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
    }

    static Denied illegal(String description) {
        return new Denied(400, "illegal_argument", description);
    }

    static Denied missing(String description) {
        return new Denied(404, "service_resource_not_found", description);
    }

    static Denied forbidden(String description) {
        return new Denied(403, "forbidden_op", description);
    }
}
