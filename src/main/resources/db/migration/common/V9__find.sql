-- Letters are looked up by the record they come from.

CREATE INDEX dead_letter_source ON dead_letter (source_id);
