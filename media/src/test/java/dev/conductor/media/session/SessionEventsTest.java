package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionEventsTest {
  private final MediaCounters counters = new MediaCounters();
  private final SessionEvents events = new SessionEvents(7);
  private final Sink sink = new Sink();

  @Test
  void shouldKeepWhatIsNotTakenAndTellItInOrderOnce() {
    events.opened(new InetSocketAddress(5_000));
    events.firstRtp();
    events.digit('1', counters);
    events.inbandDigit('2', counters);
    events.digit('3', counters);
    events.talking(true);
    events.promptEnded(3);
    events.silentLine(30_000);
    events.closed();
    final List<String> all =
        List.of(
            "opened",
            "first",
            "digit 1",
            "in-band 2",
            "digit 3",
            "talking true",
            "prompt 3",
            "silent 30000",
            "closed");
    for (int taken = 0; taken <= all.size(); taken++) {
      assertThat(sink.told).isEqualTo(all.subList(0, taken));
      assertThat(events.isEnded()).isEqualTo(taken == all.size());
      sink.room = 1;
      events.offerTo(sink);
    }
    sink.room = 9;
    assertThat(events.offerTo(sink)).isTrue();
    assertThat(sink.told).isEqualTo(all);
  }

  @Test
  void shouldTellOnlyTheLatestOfTalkingAndOfSilence() {
    events.talking(true);
    events.talking(false);
    events.silentLine(30_000);
    events.silentLine(60_000);
    sink.room = 9;
    assertThat(events.offerTo(sink)).isTrue();
    assertThat(sink.told).containsExactly("silent 60000");
    events.silentLine(90_000);
    events.lineSpeaks();
    events.offerTo(sink);
    assertThat(sink.told).hasSize(1);
  }

  @Test
  void shouldDropAndCountKeysWhenNobodyFetchesThem() {
    for (int i = 0; i < 40; i++) {
      events.digit('5', counters);
    }
    sink.room = 100;
    events.offerTo(sink);
    assertThat(sink.told).hasSize(32);
    assertThat(counters.get(MediaCounter.DIGITS)).isEqualTo(32);
    assertThat(counters.get(MediaCounter.DIGITS_DROPPED)).isEqualTo(8);
  }

  @Test
  void shouldKeepTheLatestEndOfAPromptWhenNobodyFetchesThem() {
    for (int tag = 0; tag < 20; tag++) {
      events.promptEnded(tag);
    }
    sink.room = 100;
    events.offerTo(sink);
    assertThat(sink.told).hasSize(8).endsWith("prompt 19");
  }

  @Test
  void shouldTellAFailedOpenAsItsEnd() {
    events.openFailed("no port");
    assertThat(events.offerTo(sink)).isFalse();
    sink.room = 1;
    assertThat(events.offerTo(sink)).isTrue();
    assertThat(sink.told).containsExactly("failed no port");
    assertThat(events.isEnded()).isTrue();
  }

  /** Takes as many as there is room for. */
  private static final class Sink implements SessionEventSink {
    private final List<String> told = new ArrayList<>();
    private int room;

    private boolean take(final String what) {
      if (room == 0) {
        return false;
      }
      room--;
      told.add(what);
      return true;
    }

    @Override
    public boolean opened(final long sessionId, final InetSocketAddress localRtp) {
      return take("opened");
    }

    @Override
    public boolean openFailed(final long sessionId, final String reason) {
      return take("failed " + reason);
    }

    @Override
    public boolean firstRtp(final long sessionId) {
      return take("first");
    }

    @Override
    public boolean inbandDigit(final long sessionId, final char digit) {
      return take("in-band " + digit);
    }

    @Override
    public boolean digit(final long sessionId, final char digit) {
      return take("digit " + digit);
    }

    @Override
    public boolean talking(final long sessionId, final boolean talking) {
      return take("talking " + talking);
    }

    @Override
    public boolean promptEnded(final long sessionId, final long tag) {
      return take("prompt " + tag);
    }

    @Override
    public boolean silentLine(final long sessionId, final long silentMs) {
      return take("silent " + silentMs);
    }

    @Override
    public boolean closed(final long sessionId) {
      return take("closed");
    }
  }
}
