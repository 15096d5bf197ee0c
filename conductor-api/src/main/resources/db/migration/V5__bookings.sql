-- When conferences are held, and what their hosts and customers wish. A reservationless conference
-- has one reservation without a time (start_ms -1, 0 minutes), or none.

CREATE TABLE reservation (
  uid               VARCHAR(64) NOT NULL PRIMARY KEY,
  conference_uid    VARCHAR(64) NOT NULL REFERENCES conference (uid) ON DELETE CASCADE,
  start_ms          BIGINT      NOT NULL,
  minutes           INTEGER     NOT NULL,
  estimated_callers INTEGER     NOT NULL
);

CREATE INDEX reservation_conference ON reservation (conference_uid, start_ms);

INSERT INTO reservation (uid, conference_uid, start_ms, minutes, estimated_callers)
  SELECT uid, uid, scheduled_start_ms, (scheduled_end_ms - scheduled_start_ms) / 60000, 1
  FROM conference WHERE scheduled_start_ms >= 0 AND scheduled_end_ms > scheduled_start_ms;

ALTER TABLE conference DROP COLUMN scheduled_start_ms;
ALTER TABLE conference DROP COLUMN scheduled_end_ms;
ALTER TABLE conference ADD COLUMN recording BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE conference ADD COLUMN created_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conference ADD COLUMN read_only_token TEXT NOT NULL DEFAULT '';
ALTER TABLE conference ADD COLUMN last_tag_id BIGINT NOT NULL DEFAULT 0;

UPDATE conference SET last_tag_id =
  (SELECT COALESCE(MAX(id), 0) FROM conference_tag WHERE conference_uid = conference.uid);

-- The customer's key is kept as a hash alone. Texts for pages are pairs of custom_value, under the
-- owner types customer-page and conference-page.
ALTER TABLE customer ADD COLUMN key_hash TEXT NOT NULL DEFAULT '';

CREATE INDEX conference_customer ON conference (customer_uid);
