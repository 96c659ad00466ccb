-- The one thing a cause names (whose messages, which root, which subtype): letters of one cause and one subject are mended together.
ALTER TABLE dead_letter ADD COLUMN subject ${text};
UPDATE dead_letter SET subject = detail
    WHERE cause IN ('unknown-author', 'orphan-reply', 'unknown-channel') AND LENGTH(detail) <= 200;
CREATE INDEX dead_letter_subject ON dead_letter (state, cause, subject);

-- What an edit or waiver is about that was asked of the process that writes.
ALTER TABLE request ADD COLUMN letter BIGINT NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN record ${bytes};
