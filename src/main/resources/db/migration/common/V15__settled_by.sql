-- Which rollback settled an effect last: one that was stopped goes on and tells all it did, a later one asks again what was kept.

ALTER TABLE effect ADD COLUMN settled_by INTEGER;
