-- Lists of dead letters are paged by number within what is filtered: with these a page costs what it holds, not what there is.

CREATE INDEX dead_letter_by_cause ON dead_letter (cause, id);
CREATE INDEX dead_letter_by_conversation ON dead_letter (conversation, id);
CREATE INDEX dead_letter_by_kind ON dead_letter (kind, id);
