-- Who did what at the console, in the order it was done. Nothing changes or removes a row.

CREATE TABLE audit (
    seq    ${sequence},
    time   BIGINT  NOT NULL,
    who    ${text} NOT NULL,
    what   ${text} NOT NULL,
    detail ${text} NOT NULL
);
