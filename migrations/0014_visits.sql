-- What a ticket's customer searched and read in the help center before they wrote, if they chose to send it: a line each.
ALTER TABLE tickets ADD COLUMN visits TEXT;
