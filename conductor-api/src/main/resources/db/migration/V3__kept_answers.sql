-- The answers of commands that came with an Idempotency-Key, so that a repeat is answered alike.
-- Not tied to conference by a foreign key: an answer outlives a conference that is saved anew.

CREATE TABLE kept_answer (
  conference_uid  VARCHAR(64)  NOT NULL,
  function        VARCHAR(64)  NOT NULL,
  idempotency_key VARCHAR(256) NOT NULL,
  digest          VARCHAR(64)  NOT NULL,
  call_uid        VARCHAR(64)  NOT NULL,
  time_ms         BIGINT       NOT NULL,
  is_true         BOOLEAN      NOT NULL,
  message         TEXT         NOT NULL,
  seq             BIGINT       NOT NULL,
  PRIMARY KEY (conference_uid, function, idempotency_key)
);

CREATE INDEX kept_answer_time ON kept_answer (time_ms);
