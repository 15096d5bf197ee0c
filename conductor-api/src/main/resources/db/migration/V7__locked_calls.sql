-- Whether newcomers are turned away from a call.
ALTER TABLE call_record ADD COLUMN locked BOOLEAN NOT NULL DEFAULT FALSE;
