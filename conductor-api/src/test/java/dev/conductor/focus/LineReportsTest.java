package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.media.api.LineStatistics;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An operator finds in the log how the line of a caller who is gone did. */
class LineReportsTest {
  private static final LineStatistics BAD =
      new LineStatistics(9_900, 100, 7, 12.34, 40, 81, 0.0251, 3, -40, 3.96);
  private static final LineStatistics UNHEARD =
      new LineStatistics(
          0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, -127, Double.NaN);

  private final Logger logger = (Logger) LoggerFactory.getLogger(LineReports.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void hangUp() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  private List<String> told() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void shouldTellHowTheLineDidOfWhoHungUp() {
    final String caller = focus.enter(TestConference.PIN_1, "7001");
    focus.media.figures.put(focus.sessionOf(caller), BAD);
    focus.bye(caller);
    assertThat(told())
        .containsExactly(
            "line of caller "
                + caller
                + ": received 9900 packets, lost 100, late 7, jitter 12.3 ms, round trip 81.0 ms,"
                + " far end lost 2.5 % and has jitter 3.0 ms, score 4.0");
  }

  @Test
  void shouldTellOfEachCallerWhenTheCallIsClosed() {
    final String first = focus.enter(TestConference.PIN_1, "7001");
    final String second = focus.enter(TestConference.HOST, "7002");
    focus.media.figures.put(focus.sessionOf(first), BAD);
    focus.media.figures.put(focus.sessionOf(second), UNHEARD);
    focus.ask(new Command.CloseCall(HandDrivenFocus.API, focus.callUid()));
    assertThat(told())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("line of caller " + first + ": received 9900 "))
        .contains(
            "line of caller "
                + second
                + ": received 0 packets, lost 0, late 0, jitter - ms, round trip - ms,"
                + " far end lost - % and has jitter - ms, score -");
  }

  @Test
  void shouldTellOnceOfWhoWasDropped() {
    final String caller = focus.enter(TestConference.PIN_1, "7001");
    focus.media.figures.put(focus.sessionOf(caller), BAD);
    focus.update(new CallerChange.Drop(), caller);
    focus.bye(caller);
    assertThat(told()).hasSize(1);
  }

  @Test
  void shouldTellOfALineThatMediaGaveUp() {
    final String caller = focus.enter(TestConference.PIN_1, "7001");
    final long session = focus.sessionOf(caller);
    focus.media.figures.put(session, BAD);
    focus.media.tell(events -> events.onClosed(session));
    focus.turn();
    assertThat(told()).singleElement().asString().startsWith("line of caller " + caller);
    assertThat(focus.caller(caller).active()).isFalse();
  }

  @Test
  void shouldSayNothingOfWhoNeverGotIn() {
    final long dialog = focus.dial("7001");
    focus.media.figures.put(focus.session(dialog), BAD);
    focus.sip.onEnded(new DialogId(dialog), DialogEnd.BYE, "");
    focus.turn();
    assertThat(told()).isEmpty();
    assertThat(focus.media.closed).as("sessions closed").hasSize(1);
  }

  @Test
  void shouldSayNothingOfALineMediaHasNoFiguresOf() {
    final String caller = focus.enter(TestConference.PIN_1, "7001");
    focus.bye(caller);
    assertThat(told()).isEmpty();
  }
}
