-- Who started a run, or went on with it. Milliseconds since 1970, as are the others.
CREATE TABLE run_start (
    seq  ${sequence},
    run  INTEGER NOT NULL,
    who  ${text} NOT NULL,
    time BIGINT  NOT NULL
);
CREATE INDEX run_start_run ON run_start (run);

-- At most one row: the phase before which a run waits for approval.
CREATE TABLE approval_wait (
    id    SMALLINT NOT NULL PRIMARY KEY,
    run   INTEGER  NOT NULL,
    phase ${text}  NOT NULL,
    since BIGINT   NOT NULL
);

-- What was approved, in the order it was. Left without the lease; whoever writes uses or voids it. No row goes away.
-- digest: of run, fingerprint, counts and verdict; fingerprint: of the files and settings alone.
CREATE TABLE approval (
    seq         ${sequence},
    run         INTEGER NOT NULL,
    phase       ${text} NOT NULL,
    digest      ${text} NOT NULL,
    fingerprint ${text} NOT NULL,
    who         ${text} NOT NULL,
    time        BIGINT  NOT NULL,
    used        BIGINT,
    voided      BIGINT
);
CREATE INDEX approval_run ON approval (run, phase);
