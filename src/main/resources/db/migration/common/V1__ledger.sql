-- Source times (time, version, root_time) are microseconds since 1970; all others (create_at, started, ended, heartbeat, created,
-- changed, ticked, used, since, time of what people did) are milliseconds since 1970. Codes of kinds and states: class Codes.
-- Text compares by its bytes in every database, so that cursors have one order.

-- Who writes. released: when it was given back; null while it is held, or when its holder was killed.
CREATE TABLE lease (
    id           SMALLINT NOT NULL PRIMARY KEY,
    owner        ${text}  NOT NULL,
    epoch        BIGINT   NOT NULL,
    transactions BIGINT   NOT NULL,
    started      BIGINT   NOT NULL,
    heartbeat    BIGINT   NOT NULL,
    released     BIGINT
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

-- made: somebody whom no list names.
CREATE TABLE link (
    kind      SMALLINT NOT NULL,
    source_id ${text}  NOT NULL,
    target    ${text}  NOT NULL,
    number    INTEGER  NOT NULL,
    name      ${text},
    made      SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, source_id)
) ${clustered};
-- Which conversation gives a lane its name.
CREATE INDEX link_target ON link (kind, target, source_id);

-- subject: the one thing a cause names (whose messages, which root, which subtype): letters of one cause and one subject are
-- mended together.
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
    changed      BIGINT   NOT NULL,
    subject      ${text}
);
CREATE INDEX dead_letter_cause ON dead_letter (state, cause);
CREATE INDEX dead_letter_subject ON dead_letter (state, cause, subject);
CREATE INDEX dead_letter_source ON dead_letter (source_id);
-- Lists are paged by number within what is filtered: with these a page costs what it holds, not what there is.
CREATE INDEX dead_letter_by_cause ON dead_letter (cause, id);
CREATE INDEX dead_letter_by_conversation ON dead_letter (conversation, id);
CREATE INDEX dead_letter_by_kind ON dead_letter (kind, id);
CREATE INDEX dead_letter_by_stage ON dead_letter (stage, id);
CREATE INDEX dead_letter_by_time ON dead_letter (time, id);

CREATE TABLE finding (
    seq          ${sequence},
    run          INTEGER  NOT NULL,
    rule         ${text}  NOT NULL,
    kind         ${text}  NOT NULL,
    source_id    ${text},
    conversation ${text},
    detail       ${text}
);
CREATE INDEX finding_rule ON finding (run, rule, seq);

CREATE TABLE segment (
    number INTEGER NOT NULL PRIMARY KEY,
    length BIGINT  NOT NULL
);

CREATE TABLE stage (
    id      SMALLINT NOT NULL PRIMARY KEY,
    version BIGINT   NOT NULL
);
INSERT INTO stage (id, version) VALUES (1, 0);

-- inputs: hash of the settings it was made with.
CREATE TABLE seal (
    number        INTEGER  NOT NULL PRIMARY KEY,
    stage_version BIGINT   NOT NULL,
    path          ${text}  NOT NULL,
    sha256        ${text}  NOT NULL,
    size          BIGINT   NOT NULL,
    created       BIGINT   NOT NULL,
    imported      SMALLINT NOT NULL,
    inputs        ${text}
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
    digests        ${bytes},
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

-- What runs did to a live target, in the order they did it: a rollback takes it back from the end. State: class EffectState.
-- settled_by: the rollback that settled it last: one that was stopped goes on and tells all it did, a later one asks again what
-- was kept.
CREATE TABLE effect (
    seq        ${sequence},
    run        INTEGER  NOT NULL,
    kind       SMALLINT NOT NULL,
    lane       INTEGER  NOT NULL,
    time       BIGINT   NOT NULL,
    id         ${text}  NOT NULL,
    what       ${text}  NOT NULL,
    target     ${text}  NOT NULL,
    mark       ${text},
    state      SMALLINT NOT NULL,
    reason     ${text},
    settled_by INTEGER
);
CREATE INDEX effect_state ON effect (state, seq);
CREATE INDEX effect_record ON effect (kind, lane, time, id, seq);

-- What stood on a live target before the first run: the hash of each person, conversation and membership by its name there.
-- Without a hash: what a rollback is to take back, because runs made it.
CREATE TABLE inventory (
    kind SMALLINT NOT NULL,
    name ${text}  NOT NULL,
    hash ${text},
    PRIMARY KEY (kind, name)
) ${clustered};

-- One row once it is complete.
CREATE TABLE inventory_taken (
    id   SMALLINT NOT NULL PRIMARY KEY,
    time BIGINT   NOT NULL
);

-- What commands ask of the process that writes, left without its lease: it carries them out in their order. what: class Requests.What.
-- letter and record: what an edit or waiver is about.
CREATE TABLE request (
    seq     ${sequence},
    what    SMALLINT NOT NULL,
    reason  ${text},
    owner   ${text}  NOT NULL,
    created BIGINT   NOT NULL,
    done    BIGINT,
    letter  BIGINT   NOT NULL DEFAULT 0,
    record  ${bytes}
);

-- One row while the migration is paused.
CREATE TABLE pause (
    id     SMALLINT NOT NULL PRIMARY KEY,
    since  BIGINT   NOT NULL,
    owner  ${text}  NOT NULL,
    reason ${text}
);

-- Who started a run, or went on with it.
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

-- How far runs came, for the chart: sums over all kinds of record since the run began. Thinned with age.
-- share: percent of the permitted rate that might be used.
CREATE TABLE throughput (
    run         INTEGER  NOT NULL,
    time        BIGINT   NOT NULL,
    n_read      BIGINT   NOT NULL,
    n_delivered BIGINT   NOT NULL,
    n_dead      BIGINT   NOT NULL,
    share       SMALLINT NOT NULL,
    PRIMARY KEY (run, time)
) ${clustered};

-- What people were told by which channel, in its order. Without an end: on its way, or its process ended before it was told.
-- cause: what is not told again too soon.
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

-- Who is to be who on the target: a draft people correct and sign off; what is signed goes into the user map.
-- state: class PersonState. why: what the state rests on, a word.
CREATE TABLE person (
    source_id  ${text}  NOT NULL PRIMARY KEY,
    name       ${text}  NOT NULL,
    email      ${text}  NOT NULL,
    gone       SMALLINT NOT NULL,
    own        ${text}  NOT NULL,
    state      SMALLINT NOT NULL,
    why        ${text}  NOT NULL,
    candidates ${text}  NOT NULL,
    username   ${text}  NOT NULL,
    new_email  ${text}  NOT NULL,
    decided_by ${text},
    changed    BIGINT   NOT NULL
);
CREATE INDEX person_state ON person (state, source_id);

CREATE TABLE people_signed (
    seq     ${sequence},
    time    BIGINT  NOT NULL,
    who     ${text} NOT NULL,
    entries INTEGER NOT NULL,
    sha256  ${text} NOT NULL
);

-- The sample of messages that people compare with their own eyes, and what they found. No text of a message is in it.
-- verdict: class Ticks.Verdict; 0 not looked at.
CREATE TABLE tick (
    place        INTEGER  NOT NULL PRIMARY KEY,
    seed         BIGINT   NOT NULL,
    id           ${text}  NOT NULL,
    conversation ${text}  NOT NULL,
    owner        ${text}  NOT NULL,
    time         BIGINT   NOT NULL,
    delivered    SMALLINT NOT NULL,
    verdict      SMALLINT NOT NULL,
    note         ${text},
    who          ${text},
    ticked       BIGINT
);

-- Who did what at the console, in the order it was done. Nothing changes or removes a row. The entries are a chain: each holds the
-- SHA-256 of itself and of the one before; the head tells what the last one is, so that entries missing at the end are noticed.
CREATE TABLE audit (
    seq    ${sequence},
    time   BIGINT  NOT NULL,
    who    ${text} NOT NULL,
    what   ${text} NOT NULL,
    detail ${text} NOT NULL,
    hash   ${text} NOT NULL
);
CREATE TABLE audit_head (
    id      SMALLINT NOT NULL PRIMARY KEY,
    entries BIGINT   NOT NULL,
    hash    ${text}  NOT NULL
);
INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, '');
