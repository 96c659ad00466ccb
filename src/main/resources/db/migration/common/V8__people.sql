-- Who is to be who on the target: a draft people correct and sign off; what is signed goes into the user map. Milliseconds since
-- 1970. state: class PersonState. why: what the state rests on, a word.

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

-- Dead letters by step and by the time of their records.
CREATE INDEX dead_letter_by_stage ON dead_letter (stage, id);
CREATE INDEX dead_letter_by_time ON dead_letter (time, id);
