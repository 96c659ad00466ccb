-- The sample of messages that people compare with their own eyes, and what they found. No text of a message is in it.
-- Times are microseconds since 1970; ticked is milliseconds since 1970. verdict: class Ticks.Verdict; 0 not looked at.

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
