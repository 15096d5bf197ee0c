package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.dsp.Level;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys sent as sound, by phones that agreed on telephone-events and by those that did not. */
class InbandDigitsTest {
  private static final int FRAME_SAMPLES = 160;
  private static final int TONE_SAMPLES = 7 * FRAME_SAMPLES;

  private final Stage stage = new Stage(1);
  private final G711Ulaw codec = new G711Ulaw();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void shouldTellAKeyHeardInTheVoiceOnceAndKeepItFromOthers() {
    open(1, List.of());
    final int heardFrames = press();
    assertThat(keysTold()).containsExactly("in-band 1 5");
    assertThat(heardFrames).as("frames of the tone that the other heard").isLessThanOrEqualTo(2);
  }

  @Test
  void shouldTakeTonesAsVoiceWhenTelephoneEventsAreAgreed() {
    open(1, List.of(Phone.EVENT_TYPE));
    final int heardFrames = press();
    assertThat(keysTold()).isEmpty();
    assertThat(heardFrames).isGreaterThanOrEqualTo(7);
  }

  @Test
  void shouldFollowWhatANewOfferAgrees() {
    open(1, List.of(Phone.EVENT_TYPE));
    assertThat(stage.engine.update(1, spec(stage.phones.get(1L), List.of()))).isTrue();
    stage.ticks(2);
    press();
    assertThat(keysTold()).containsExactly("in-band 1 5");
  }

  private List<String> keysTold() {
    return stage.events.stream()
        .filter(event -> event.startsWith("in-band") || event.startsWith("digit"))
        .toList();
  }

  private static RtpSessionSpec spec(final Phone phone, final List<Integer> eventTypes) {
    return new LineSpec(phone.address()).events(eventTypes).spec();
  }

  private void open(final long speaker, final List<Integer> eventTypes) {
    final Phone phone = new Phone();
    stage.phones.put(speaker, phone);
    assertThat(stage.engine.open(speaker, spec(phone, eventTypes))).isTrue();
    stage.ticks(2);
    phone.dial(stage.opened.get(speaker));
    final long listener = speaker + 1;
    stage.open(listener);
    assertThat(stage.engine.admit(speaker, Stage.CALL)).isTrue();
    assertThat(stage.engine.admit(listener, Stage.CALL)).isTrue();
    stage.ticks(3);
    stage.plan(Stage.place(speaker, 0, MixPlan.NO_MIX), Stage.place(listener, MixPlan.NO_MIX, 0));
    stage.ticks(2);
  }

  /** Keys a 5 of 140 ms with silence about it; how many frames of it the other heard. */
  private int press() {
    final Phone listener = stage.phones.get(2L);
    listener.drain();
    int heard = 0;
    for (int frame = 0; frame < 40; frame++) {
      stage.phones.get(1L).send(encoded(frame * FRAME_SAMPLES));
      stage.tick();
      while (listener.receive()) {
        heard += Level.meanAbsolute(listener.heard(), 0, FRAME_SAMPLES) > 200 ? 1 : 0;
      }
    }
    return heard;
  }

  private byte[] encoded(final int from) {
    final short[] samples = new short[FRAME_SAMPLES];
    for (int i = 0; i < FRAME_SAMPLES; i++) {
      final int at = from + i - 10 * FRAME_SAMPLES - 50;
      if (at >= 0 && at < TONE_SAMPLES) {
        final double turn = 2 * Math.PI * at / 8_000;
        samples[i] = (short) Math.round(5_000 * (Math.sin(770 * turn) + Math.sin(1_336 * turn)));
      }
    }
    final byte[] payload = new byte[FRAME_SAMPLES];
    codec.encode(samples, 0, FRAME_SAMPLES, new UnsafeBuffer(payload), 0);
    return payload;
  }
}
