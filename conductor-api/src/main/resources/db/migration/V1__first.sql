-- What must last. Times are milliseconds of Unix time, -1 for none. Plain types, so that the same
-- script runs on SQLite and on PostgreSQL.

CREATE TABLE customer (
  uid              VARCHAR(64)  NOT NULL PRIMARY KEY,
  name             TEXT         NOT NULL,
  status           VARCHAR(32)  NOT NULL,
  did              VARCHAR(64)  NOT NULL,
  zone_id          VARCHAR(64)  NOT NULL,
  recording        BOOLEAN      NOT NULL,
  greenroom        BOOLEAN      NOT NULL,
  background_music BOOLEAN      NOT NULL,
  place_call       BOOLEAN      NOT NULL,
  contact_emails   TEXT         NOT NULL
);

CREATE TABLE conference (
  uid                VARCHAR(64)  NOT NULL PRIMARY KEY,
  customer_uid       VARCHAR(64)  NOT NULL REFERENCES customer (uid),
  name               TEXT         NOT NULL,
  did                VARCHAR(64)  NOT NULL,
  security_token     TEXT         NOT NULL,
  zone_id            VARCHAR(64)  NOT NULL,
  status             VARCHAR(16)  NOT NULL,
  scheduled_start_ms BIGINT       NOT NULL,
  scheduled_end_ms   BIGINT       NOT NULL,
  greenroom          BOOLEAN      NOT NULL,
  background_music   BOOLEAN      NOT NULL,
  large_call         BOOLEAN      NOT NULL,
  place_call         BOOLEAN      NOT NULL,
  data               TEXT         NOT NULL,
  notes              TEXT         NOT NULL,
  custom_text        TEXT         NOT NULL
);

CREATE INDEX conference_did ON conference (did);

CREATE TABLE conference_alias (
  conference_uid VARCHAR(64)  NOT NULL REFERENCES conference (uid) ON DELETE CASCADE,
  position       INTEGER      NOT NULL,
  alias          VARCHAR(128) NOT NULL,
  PRIMARY KEY (conference_uid, position)
);

CREATE TABLE conference_setting (
  conference_uid VARCHAR(64) NOT NULL REFERENCES conference (uid) ON DELETE CASCADE,
  position       INTEGER     NOT NULL,
  role           VARCHAR(16) NOT NULL,
  mike           BOOLEAN     NOT NULL,
  mute           BOOLEAN     NOT NULL,
  deaf           BOOLEAN     NOT NULL,
  PRIMARY KEY (conference_uid, position)
);

CREATE TABLE conference_tag (
  conference_uid VARCHAR(64) NOT NULL REFERENCES conference (uid) ON DELETE CASCADE,
  position       INTEGER     NOT NULL,
  id             BIGINT      NOT NULL,
  tag            TEXT        NOT NULL,
  PRIMARY KEY (conference_uid, id)
);

CREATE TABLE conference_audio (
  conference_uid VARCHAR(64) NOT NULL REFERENCES conference (uid) ON DELETE CASCADE,
  position       INTEGER     NOT NULL,
  uid            VARCHAR(64) NOT NULL,
  name           TEXT        NOT NULL,
  path           TEXT        NOT NULL,
  PRIMARY KEY (conference_uid, position)
);

CREATE TABLE person (
  uid            VARCHAR(64) NOT NULL PRIMARY KEY,
  conference_uid VARCHAR(64) NOT NULL REFERENCES conference (uid) ON DELETE CASCADE,
  position       INTEGER     NOT NULL,
  name           TEXT        NOT NULL,
  ani            VARCHAR(64) NOT NULL,
  pin            VARCHAR(32) NOT NULL,
  role           VARCHAR(16) NOT NULL,
  email          TEXT        NOT NULL,
  notes          TEXT        NOT NULL,
  custom1        TEXT        NOT NULL,
  custom2        TEXT        NOT NULL
);

CREATE INDEX person_conference ON person (conference_uid, position);

CREATE TABLE person_tag (
  person_uid VARCHAR(64) NOT NULL REFERENCES person (uid) ON DELETE CASCADE,
  position   INTEGER     NOT NULL,
  id         BIGINT      NOT NULL,
  tag        TEXT        NOT NULL,
  PRIMARY KEY (person_uid, position)
);

-- Key and value pairs of anything: owner_type says which table owner_uid is of.
CREATE TABLE custom_value (
  owner_type VARCHAR(16)  NOT NULL,
  owner_uid  VARCHAR(64)  NOT NULL,
  name       VARCHAR(256) NOT NULL,
  content    TEXT         NOT NULL,
  PRIMARY KEY (owner_type, owner_uid, name)
);

-- end_reason is empty while the call is up, and for one that was closed in the ordinary way.
CREATE TABLE call_record (
  uid              VARCHAR(64) NOT NULL PRIMARY KEY,
  conference_uid   VARCHAR(64) NOT NULL,
  start_ms         BIGINT      NOT NULL,
  end_ms           BIGINT      NOT NULL,
  active           BOOLEAN     NOT NULL,
  end_reason       VARCHAR(32) NOT NULL,
  name             TEXT        NOT NULL,
  notes            TEXT        NOT NULL,
  data             TEXT        NOT NULL,
  custom_text      TEXT        NOT NULL,
  link             TEXT        NOT NULL,
  message          TEXT        NOT NULL,
  feedback         TEXT        NOT NULL,
  talking          BOOLEAN     NOT NULL,
  greenroom        BOOLEAN     NOT NULL,
  entryway         BOOLEAN     NOT NULL,
  background_music BOOLEAN     NOT NULL,
  enable_feedback  BOOLEAN     NOT NULL,
  enable_broadcast BOOLEAN     NOT NULL,
  lock_mute        BOOLEAN     NOT NULL,
  floor_uid        VARCHAR(64) NOT NULL,
  breakout_end_ms  BIGINT      NOT NULL
);

CREATE INDEX call_record_conference ON call_record (conference_uid, start_ms);

CREATE TABLE call_caller (
  call_uid   VARCHAR(64) NOT NULL REFERENCES call_record (uid) ON DELETE CASCADE,
  position   INTEGER     NOT NULL,
  caller_uid VARCHAR(64) NOT NULL,
  PRIMARY KEY (call_uid, position)
);

CREATE TABLE call_breakout (
  call_uid     VARCHAR(64) NOT NULL REFERENCES call_record (uid) ON DELETE CASCADE,
  position     INTEGER     NOT NULL,
  breakout_uid VARCHAR(64) NOT NULL,
  PRIMARY KEY (call_uid, position)
);

CREATE TABLE call_setting (
  call_uid VARCHAR(64) NOT NULL REFERENCES call_record (uid) ON DELETE CASCADE,
  position INTEGER     NOT NULL,
  role     VARCHAR(16) NOT NULL,
  mike     BOOLEAN     NOT NULL,
  mute     BOOLEAN     NOT NULL,
  deaf     BOOLEAN     NOT NULL,
  PRIMARY KEY (call_uid, position)
);

CREATE TABLE call_tag (
  call_uid          VARCHAR(64) NOT NULL REFERENCES call_record (uid) ON DELETE CASCADE,
  position          INTEGER     NOT NULL,
  id                BIGINT      NOT NULL,
  tag               TEXT        NOT NULL,
  conference_tag_id BIGINT      NOT NULL,
  PRIMARY KEY (call_uid, id)
);

-- The body is the event as JSON, whole; the columns beside it are for finding it.
CREATE TABLE event (
  call_uid   VARCHAR(64) NOT NULL,
  seq        BIGINT      NOT NULL,
  time_ms    BIGINT      NOT NULL,
  source     VARCHAR(16) NOT NULL,
  name       VARCHAR(16) NOT NULL,
  target_uid VARCHAR(64) NOT NULL,
  body       TEXT        NOT NULL,
  by_whom    VARCHAR(16) NOT NULL,
  command    VARCHAR(64) NOT NULL,
  request_id TEXT        NOT NULL,
  actor      TEXT        NOT NULL,
  PRIMARY KEY (call_uid, seq)
);

-- Which batches are in. The conductor counts them from its start on, so a number belongs to a run.
CREATE TABLE batch (
  run BIGINT NOT NULL,
  id  BIGINT NOT NULL,
  PRIMARY KEY (run, id)
);

CREATE TABLE store_run (
  run      BIGINT NOT NULL PRIMARY KEY,
  began_ms BIGINT NOT NULL
);
