-- How far runs came, for the chart: sums over all kinds of record since the run began. Thinned with age. Milliseconds since
-- 1970; share: percent of the permitted rate that might be used.
CREATE TABLE throughput (
    run         INTEGER  NOT NULL,
    time        BIGINT   NOT NULL,
    n_read      BIGINT   NOT NULL,
    n_delivered BIGINT   NOT NULL,
    n_dead      BIGINT   NOT NULL,
    share       SMALLINT NOT NULL,
    PRIMARY KEY (run, time)
) ${clustered};

-- When the holder gave the lease back; null while it holds it, or was killed.
ALTER TABLE lease ADD COLUMN released BIGINT;

-- Which conversation gives a lane its name.
CREATE INDEX link_target ON link (kind, target, source_id);

-- The findings of one rule, page by page.
CREATE INDEX finding_rule ON finding (run, rule, seq);

-- The history as a chain: each entry holds the SHA-256 of itself and of the one before. The head tells what the last one is,
-- so that entries missing at the end are noticed, too. Entries made before this version stand outside the chain.
ALTER TABLE audit ADD COLUMN hash ${text};
CREATE TABLE audit_head (
    id      SMALLINT NOT NULL PRIMARY KEY,
    entries BIGINT   NOT NULL,
    hash    ${text}  NOT NULL
);
INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, '');
