-- made: somebody whom no list names. inputs: hash of the settings a seal was made with.

ALTER TABLE link ADD COLUMN made SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE seal ADD COLUMN inputs ${text};
