package dev.conductor.event;

import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.EventTarget;
import dev.conductor.model.Person;
import dev.conductor.model.PlacedCall;
import java.util.List;
import java.util.Map;

/**
 * How large an event's document will be, about, without writing it: what its tables take, and every
 * text and list whose length is somebody else's choice. In bytes, one a character. Any thread; a
 * call's longest lists cost nothing, their items are ours and of one length.
 */
final class EventWeight {
  private static final int HEAD_BYTES = 220;
  private static final int CALL_BYTES = 700;
  private static final int CALLER_BYTES = 600;
  private static final int BREAKOUT_BYTES = 250;
  private static final int CONFERENCE_BYTES = 900;
  private static final int PERSON_BYTES = 160;
  private static final int TAG_BYTES = 60;
  private static final int PAIR_BYTES = 24;

  /** A UID with quotes and comma. */
  private static final int UID_BYTES = 19;

  private EventWeight() {}

  /** Bytes of the event's document. */
  static int bytes(final Event event) {
    return HEAD_BYTES + targetBytes(event.target());
  }

  private static int targetBytes(final EventTarget target) {
    if (target instanceof Caller caller) {
      final Caller.Texts texts = caller.texts();
      return CALLER_BYTES
          + texts.tag().length()
          + texts.data().length()
          + texts.notes().length()
          + texts.custom1().length()
          + texts.custom2().length()
          + tagBytes(texts.tags())
          + pairBytes(texts.custom());
    }
    if (target instanceof Call call) {
      return CALL_BYTES
          + (call.callers().size() + call.breakouts().size()) * UID_BYTES
          + textBytes(call.texts())
          + tagBytes(call.tags());
    }
    if (target instanceof Breakout breakout) {
      return BREAKOUT_BYTES
          + breakout.callers().size() * UID_BYTES
          + breakout.name().length()
          + breakout.data().length();
    }
    if (target instanceof PlacedCall placed) {
      return TAG_BYTES
          + placed.uid().length()
          + placed.number().length()
          + placed.name().length()
          + placed.reason().length();
    }
    if (target instanceof CallTag tag) {
      return TAG_BYTES + tag.value().length();
    }
    if (target instanceof Conference conference) {
      final Conference.Texts texts = conference.texts();
      return CONFERENCE_BYTES
          + texts.data().length()
          + texts.notes().length()
          + texts.customText().length()
          + pairBytes(texts.custom());
    }
    if (target instanceof Person person) {
      return PERSON_BYTES
          + person.tags().size() * TAG_BYTES
          + person.name().length()
          + person.email().length()
          + person.notes().length()
          + person.custom1().length()
          + person.custom2().length()
          + person.reference().length()
          + pairBytes(person.custom());
    }
    return 0;
  }

  private static int textBytes(final Call.Texts texts) {
    return 2 * texts.name().length()
        + texts.notes().length()
        + texts.data().length()
        + texts.customText().length()
        + texts.link().length()
        + texts.message().length()
        + texts.feedback().length()
        + pairBytes(texts.custom());
  }

  private static int tagBytes(final List<CallTag> tags) {
    int bytes = 0;
    for (final CallTag tag : tags) {
      bytes += TAG_BYTES + tag.value().length();
    }
    return bytes;
  }

  private static int pairBytes(final Map<String, String> pairs) {
    int bytes = 0;
    for (final Map.Entry<String, String> pair : pairs.entrySet()) {
      bytes += PAIR_BYTES + pair.getKey().length() + pair.getValue().length();
    }
    return bytes;
  }
}
