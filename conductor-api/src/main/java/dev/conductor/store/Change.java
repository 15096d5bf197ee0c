package dev.conductor.store;

import dev.conductor.event.Event;
import dev.conductor.model.Attendance;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.Customer;
import dev.conductor.model.Person;

/** One thing to be made lasting. Immutable. */
public sealed interface Change {
  /** A record as it is now: insert or replace. Of several of one record the newest alone counts. */
  sealed interface Saved extends Change {
    /** Which record, among those of all kinds. */
    String key();
  }

  /**
   * The call as it is now.
   *
   * @param seq number of its last event
   * @param breakoutsMade how many breakouts were made in it so far
   */
  record CallSaved(Call call, long seq, int breakoutsMade) implements Saved {
    @Override
    public String key() {
      return "call " + call.uid();
    }
  }

  /** The customer as it is now. */
  record CustomerSaved(Customer customer) implements Saved {
    @Override
    public String key() {
      return "customer " + customer.uid();
    }
  }

  /** A caller as he is now, and what the call's record says of him beside. */
  record CallerSaved(Caller caller, Attendance attendance) implements Saved {
    @Override
    public String key() {
      return "caller " + caller.uid();
    }
  }

  /** A breakout as it is now; who sits in it, its callers say. */
  record BreakoutSaved(Breakout breakout) implements Saved {
    @Override
    public String key() {
      return "breakout " + breakout.callUid() + ' ' + breakout.uid();
    }
  }

  /** A call's timers, and who follows whom, as they are now. */
  record RoundsSaved(KeptRounds rounds) implements Saved {
    @Override
    public String key() {
      return "rounds " + rounds.callUid();
    }
  }

  /** The conference as it is now, without its persons; its customer is stored. */
  record ConferenceSaved(Conference conference) implements Saved {
    @Override
    public String key() {
      return "conference " + conference.uid();
    }
  }

  /** A person, whole. */
  record PersonSaved(Person person) implements Saved {
    @Override
    public String key() {
      return personKey(person.uid());
    }
  }

  /** A person is no more. */
  record PersonRemoved(String personUid) implements Saved {
    @Override
    public String key() {
      return personKey(personUid);
    }
  }

  /** A logged event: append. */
  record EventLogged(Event event) implements Change {}

  /** The answer to a command that has a key: insert or replace. */
  record AnswerKept(KeptAnswer answer) implements Change {}

  /** Answers decided before then or at that moment: delete. */
  record AnswersExpired(long untilMs) implements Change {}

  private static String personKey(final String uid) {
    return "person " + uid;
  }
}
