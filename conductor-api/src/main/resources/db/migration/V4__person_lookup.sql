-- Persons are found by their PIN when somebody dials, and by the customer's own key when a list is
-- imported again; they are not held in memory.
ALTER TABLE person ADD COLUMN reference VARCHAR(256) NOT NULL DEFAULT '';

CREATE INDEX person_pin ON person (pin);

CREATE INDEX person_reference ON person (conference_uid, reference);
