-- What runs did to a live target, in the order they did it: a rollback takes it back from the end. State: class EffectState.

CREATE TABLE effect (
    seq    ${sequence},
    run    INTEGER  NOT NULL,
    kind   SMALLINT NOT NULL,
    lane   INTEGER  NOT NULL,
    time   BIGINT   NOT NULL,
    id     ${text}  NOT NULL,
    what   ${text}  NOT NULL,
    target ${text}  NOT NULL,
    mark   ${text},
    state  SMALLINT NOT NULL,
    reason ${text}
);
CREATE INDEX effect_state ON effect (state, seq);
CREATE INDEX effect_record ON effect (kind, lane, time, id, seq);
