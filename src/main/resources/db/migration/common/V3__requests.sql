-- What commands ask of the process that writes, left without its lease: it carries them out in their order. Times are
-- milliseconds since 1970. what: class Requests.What.

CREATE TABLE request (
    seq     ${sequence},
    what    SMALLINT NOT NULL,
    reason  ${text},
    owner   ${text}  NOT NULL,
    created BIGINT   NOT NULL,
    done    BIGINT
);

-- One row while the migration is paused.
CREATE TABLE pause (
    id     SMALLINT NOT NULL PRIMARY KEY,
    since  BIGINT   NOT NULL,
    owner  ${text}  NOT NULL,
    reason ${text}
);
