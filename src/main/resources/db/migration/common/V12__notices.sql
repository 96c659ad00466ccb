-- What people were told by which channel, in its order. Without an end: on its way, or its process ended before it was told.
-- cause: what is not told again too soon. Milliseconds since 1970.

CREATE TABLE notice (
    seq     ${sequence},
    cause   ${text} NOT NULL,
    event   ${text} NOT NULL,
    channel ${text} NOT NULL,
    created BIGINT  NOT NULL,
    ended   BIGINT,
    failure ${text}
);
CREATE INDEX notice_cause ON notice (cause, created);
