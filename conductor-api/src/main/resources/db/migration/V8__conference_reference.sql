-- The customer's own key of a conference, empty for none: a second import of it is an update.
ALTER TABLE conference ADD COLUMN reference VARCHAR(256) NOT NULL DEFAULT '';
