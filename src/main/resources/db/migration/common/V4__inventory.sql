-- What stood on a live target before the first run: the hash of each person, conversation and membership by its name there.
-- Without a hash: what a rollback is to take back, because runs made it.

CREATE TABLE inventory (
    kind SMALLINT NOT NULL,
    name ${text}  NOT NULL,
    hash ${text},
    PRIMARY KEY (kind, name)
) ${clustered};

-- One row once it is complete. Milliseconds since 1970.
CREATE TABLE inventory_taken (
    id   SMALLINT NOT NULL PRIMARY KEY,
    time BIGINT   NOT NULL
);
