package dev.conductor.model;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes persons out of the records of calls. Any thread. */
public interface RecordEraser {
  /**
   * Erases a person from the records and events of a conference's calls. Never waits.
   *
   * @return the UIDs of the calls he was in; empty while one of them is up, and nothing was erased
   */
  CompletionStage<Optional<List<String>>> erasePerson(String conferenceUid, String personUid);
}
