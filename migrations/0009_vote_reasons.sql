-- Why an article did not help: missing, unclear, outdated, did_not_work. NULL: not said.
ALTER TABLE votes ADD COLUMN reason TEXT;
