package dev.conductor.model;

import java.util.concurrent.CompletionStage;

/** Takes persons out of the records of calls. Any thread. */
public interface RecordEraser {
  /**
   * Erases a person from the records and events of a conference's calls. Never waits.
   *
   * @return what became of it
   */
  CompletionStage<Erasure> erasePerson(String conferenceUid, String personUid);
}
