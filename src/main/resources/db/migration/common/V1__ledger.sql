-- Source times (time, version, root_time) are microseconds since 1970; create_at and the ledger's own times
-- (started, ended, heartbeat, created, changed) are milliseconds since 1970. Codes of kinds and states: class Codes.
-- Text compares by its bytes in every database, so that cursors have one order.

CREATE TABLE lease (
    id           SMALLINT NOT NULL PRIMARY KEY,
    owner        ${text}  NOT NULL,
    epoch        BIGINT   NOT NULL,
    transactions BIGINT   NOT NULL,
    started      BIGINT   NOT NULL,
    heartbeat    BIGINT   NOT NULL
);
INSERT INTO lease (id, owner, epoch, transactions, started, heartbeat) VALUES (1, '', 0, 0, 0, 0);

CREATE TABLE run (
    id      INTEGER  NOT NULL PRIMARY KEY,
    command ${text}  NOT NULL,
    state   SMALLINT NOT NULL,
    phase   ${text},
    cause   ${text},
    started BIGINT   NOT NULL,
    ended   BIGINT
);

CREATE TABLE fingerprint (
    run  INTEGER NOT NULL,
    name ${text} NOT NULL,
    hash ${text} NOT NULL,
    PRIMARY KEY (run, name)
) ${clustered};

CREATE TABLE account (
    run  INTEGER NOT NULL,
    kind ${text} NOT NULL,
    what ${text} NOT NULL,
    rule ${text} NOT NULL,
    n    BIGINT  NOT NULL,
    PRIMARY KEY (run, kind, what, rule)
) ${clustered};

CREATE TABLE checkpoint (
    run      INTEGER  NOT NULL,
    kind     SMALLINT NOT NULL,
    lane     ${text}  NOT NULL,
    position ${text},
    done     SMALLINT NOT NULL,
    n_read      BIGINT NOT NULL DEFAULT 0,
    n_delivered BIGINT NOT NULL DEFAULT 0,
    n_unchanged BIGINT NOT NULL DEFAULT 0,
    n_filtered  BIGINT NOT NULL DEFAULT 0,
    n_dead      BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (run, kind, lane)
) ${clustered};

CREATE TABLE record (
    kind           SMALLINT NOT NULL,
    lane           INTEGER  NOT NULL,
    time           BIGINT   NOT NULL,
    id             ${text}  NOT NULL,
    version        BIGINT   NOT NULL,
    hash           ${bytes} NOT NULL,
    digests        ${bytes},
    root_time      BIGINT,
    root_id        ${text},
    segment        INTEGER,
    segment_offset BIGINT,
    segment_length INTEGER,
    objects        INTEGER  NOT NULL,
    target_id      ${text},
    state          SMALLINT NOT NULL,
    run            INTEGER  NOT NULL,
    PRIMARY KEY (kind, lane, time, id)
) ${clustered};

CREATE TABLE link (
    kind      SMALLINT NOT NULL,
    source_id ${text}  NOT NULL,
    target    ${text}  NOT NULL,
    number    INTEGER  NOT NULL,
    name      ${text},
    PRIMARY KEY (kind, source_id)
) ${clustered};

CREATE TABLE dead_letter (
    id           BIGINT   NOT NULL PRIMARY KEY,
    identity     ${bytes} NOT NULL UNIQUE,
    kind         SMALLINT NOT NULL,
    part         ${text},
    source_id    ${text},
    conversation ${text},
    time         BIGINT   NOT NULL,
    archive      ${text},
    entry        ${text},
    entry_index  BIGINT   NOT NULL,
    entry_offset BIGINT   NOT NULL,
    raw          ${bytes} NOT NULL,
    content_hash ${bytes} NOT NULL,
    context      ${text},
    stage        ${text}  NOT NULL,
    cause        ${text}  NOT NULL,
    detail       ${text},
    run          INTEGER  NOT NULL,
    state        SMALLINT NOT NULL,
    edited       ${bytes},
    attempts     INTEGER  NOT NULL,
    waived_by    ${text},
    waived_why   ${text},
    created      BIGINT   NOT NULL,
    changed      BIGINT   NOT NULL
);
CREATE INDEX dead_letter_cause ON dead_letter (state, cause);

CREATE TABLE finding (
    seq          ${sequence},
    run          INTEGER  NOT NULL,
    rule         ${text}  NOT NULL,
    kind         ${text}  NOT NULL,
    source_id    ${text},
    conversation ${text},
    detail       ${text}
);

CREATE TABLE segment (
    number INTEGER NOT NULL PRIMARY KEY,
    length BIGINT  NOT NULL
);

CREATE TABLE stage (
    id      SMALLINT NOT NULL PRIMARY KEY,
    version BIGINT   NOT NULL
);
INSERT INTO stage (id, version) VALUES (1, 0);

CREATE TABLE seal (
    number        INTEGER  NOT NULL PRIMARY KEY,
    stage_version BIGINT   NOT NULL,
    path          ${text}  NOT NULL,
    sha256        ${text}  NOT NULL,
    size          BIGINT   NOT NULL,
    created       BIGINT   NOT NULL,
    imported      SMALLINT NOT NULL
);

CREATE TABLE assigned_time (
    seal      INTEGER NOT NULL,
    lane      INTEGER NOT NULL,
    time      BIGINT  NOT NULL,
    id        ${text} NOT NULL,
    create_at BIGINT  NOT NULL,
    PRIMARY KEY (seal, lane, time, id)
) ${clustered};

CREATE TABLE imported (
    kind           SMALLINT NOT NULL,
    lane           INTEGER  NOT NULL,
    time           BIGINT   NOT NULL,
    id             ${text}  NOT NULL,
    hash           ${bytes} NOT NULL,
    root_time      BIGINT,
    root_id        ${text},
    segment        INTEGER,
    segment_offset BIGINT,
    segment_length INTEGER,
    objects        INTEGER  NOT NULL,
    create_at      BIGINT   NOT NULL,
    seal           INTEGER  NOT NULL,
    PRIMARY KEY (kind, lane, time, id)
) ${clustered};

CREATE TABLE verification (
    number  INTEGER NOT NULL PRIMARY KEY,
    started BIGINT  NOT NULL,
    ended   BIGINT,
    summary ${text}
);

CREATE TABLE difference (
    seq          ${sequence},
    verification INTEGER  NOT NULL,
    level        INTEGER  NOT NULL,
    rule         ${text},
    kind         ${text}  NOT NULL,
    source_id    ${text}  NOT NULL,
    field        ${text},
    detail       ${text}
);
CREATE INDEX difference_rule ON difference (verification, rule);
