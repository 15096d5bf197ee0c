-- Callers and breakouts of calls: what a call needs to go on after a crash, and its record after
-- its end.

-- Calls of an older schema that a crash left open have no callers to go on with: they are over.
UPDATE call_record SET
  end_ms = COALESCE(
    (SELECT MAX(time_ms) FROM event WHERE event.call_uid = call_record.uid), start_ms),
  end_reason = 'CRASH',
  active = FALSE
WHERE active = TRUE;

-- last_seq is the number of the call's last event.
ALTER TABLE call_record ADD COLUMN last_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call_record ADD COLUMN breakouts_made INTEGER NOT NULL DEFAULT 0;

CREATE INDEX call_record_end ON call_record (active, end_ms);

-- tag_ids are numbers of call tags with commas between. kept_place is empty where no seat is kept.
CREATE TABLE caller_record (
  uid               VARCHAR(64)  NOT NULL PRIMARY KEY,
  call_uid          VARCHAR(64)  NOT NULL,
  person_uid        VARCHAR(64)  NOT NULL,
  ani               VARCHAR(256) NOT NULL,
  pin               VARCHAR(32)  NOT NULL,
  did               VARCHAR(256) NOT NULL,
  email             TEXT         NOT NULL,
  start_ms          BIGINT       NOT NULL,
  previous_uid      VARCHAR(64)  NOT NULL,
  role              VARCHAR(16)  NOT NULL,
  place             VARCHAR(16)  NOT NULL,
  breakout_uid      VARCHAR(64)  NOT NULL,
  seat_ms           BIGINT       NOT NULL,
  mic               BOOLEAN      NOT NULL,
  mute              BOOLEAN      NOT NULL,
  deaf              BOOLEAN      NOT NULL,
  hold              BOOLEAN      NOT NULL,
  muted_by          VARCHAR(16)  NOT NULL,
  volume_in         INTEGER      NOT NULL,
  volume_out        INTEGER      NOT NULL,
  energy            INTEGER      NOT NULL,
  attention         INTEGER      NOT NULL,
  attention_ms      BIGINT       NOT NULL,
  tag               TEXT         NOT NULL,
  data              TEXT         NOT NULL,
  notes             TEXT         NOT NULL,
  custom1           TEXT         NOT NULL,
  custom2           TEXT         NOT NULL,
  tag_ids           TEXT         NOT NULL,
  active            BOOLEAN      NOT NULL,
  end_ms            BIGINT       NOT NULL,
  reason            VARCHAR(32)  NOT NULL,
  entered_ms        BIGINT       NOT NULL,
  talk_ms           BIGINT       NOT NULL,
  kept_place        VARCHAR(16)  NOT NULL,
  kept_breakout_uid VARCHAR(64)  NOT NULL,
  kept_seat_ms      BIGINT       NOT NULL,
  banned            BOOLEAN      NOT NULL
);

CREATE INDEX caller_record_call ON caller_record (call_uid, entered_ms);
CREATE INDEX caller_record_person ON caller_record (person_uid);

CREATE TABLE breakout_record (
  call_uid         VARCHAR(64) NOT NULL,
  uid              VARCHAR(64) NOT NULL,
  name             TEXT        NOT NULL,
  is_private       BOOLEAN     NOT NULL,
  data             TEXT        NOT NULL,
  own_attention    BOOLEAN     NOT NULL,
  own_attention_ms BIGINT      NOT NULL,
  assisted         BOOLEAN     NOT NULL,
  last_assisted_ms BIGINT      NOT NULL,
  PRIMARY KEY (call_uid, uid)
);

-- What a caller did, one row a step: ENTER, MOVE, HAND or LEAVE; seq is its event's number.
CREATE TABLE caller_step (
  call_uid     VARCHAR(64) NOT NULL,
  seq          BIGINT      NOT NULL,
  caller_uid   VARCHAR(64) NOT NULL,
  time_ms      BIGINT      NOT NULL,
  what         VARCHAR(16) NOT NULL,
  place        VARCHAR(16) NOT NULL,
  breakout_uid VARCHAR(64) NOT NULL,
  attention    INTEGER     NOT NULL,
  reason       VARCHAR(32) NOT NULL,
  PRIMARY KEY (call_uid, seq)
);

-- The timers that run in a call: kind is TIMER or RECALL. The lists have commas between.
CREATE TABLE call_timer (
  call_uid      VARCHAR(64) NOT NULL,
  kind          VARCHAR(16) NOT NULL,
  end_ms        BIGINT      NOT NULL,
  breakout_uids TEXT        NOT NULL,
  warnings_s    TEXT        NOT NULL,
  countdown_s   INTEGER     NOT NULL,
  PRIMARY KEY (call_uid, kind)
);

CREATE TABLE call_follow (
  call_uid      VARCHAR(64) NOT NULL PRIMARY KEY,
  role          VARCHAR(16) NOT NULL,
  breakout_uids TEXT        NOT NULL
);
