package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.model.CallSnapshot;
import dev.conductor.reference.ModelConference;
import dev.conductor.reference.Names;
import dev.conductor.reference.Outcome;
import dev.conductor.reference.RandomSteps;
import dev.conductor.reference.Step;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The reference model against a whole server, by nothing but sockets: phones dial, key, hold and
 * hang up, a host posts forms, a page follows the events from number 0.
 */
class ModelOverSocketsTest {
  private static final int SEQUENCES = Integer.getInteger("conductor.socketSequences", 200);
  private static final int STEPS = 5;
  private static final int MAX_CALLERS = 6;
  private static final int MIN_CALLERS = 4;

  /** Dialling and keying takes a second, so only so many come in after the first ones. */
  private static final int NEWCOMERS = 12;

  /** One of so many sequences may lose a caller. */
  private static final int LOSES = 12;

  /** Keys in the first second after entering are ignored; not to be guessed at over a network. */
  private static final long SURE_OF_KEYS_MS = 3_000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, SimPhone> phones = new HashMap<>();
  private final Map<String, Long> enteredMs = new HashMap<>();
  private final Map<String, SimPhone> phoneOfNumber = new HashMap<>();
  private final Set<String> breakoutsNamed = new HashSet<>();
  private final EventReplay replay = new EventReplay();
  private int replayed;
  private int dialled;
  private RunningServer server;
  private PhonePool pool;
  private EventTape tape;
  private ModelConference model;

  @Test
  void shouldDoOverSocketsWhatTheModelDoes() throws Exception {
    final long seed = Long.getLong("conductor.modelSeed", 1);
    final SplittableRandom random = new SplittableRandom(seed);
    final List<String> pins = new ArrayList<>(DemoConference.participantPins().subList(0, 4));
    pins.add(DemoConference.HOST_PIN);
    pins.add(DemoConference.ASSISTANT_PIN);
    try (RunningServer running = RunningServer.start();
        PhonePool phonePool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      server = running;
      pool = phonePool;
      model = new ModelConference(DemoConference.seed());
      final RandomSteps steps = new RandomSteps(random, model, pins, MAX_CALLERS);
      dial(new Step.Enter(pins.get(0), "7000"));
      try (EventTape events =
          EventTape.open(server.api(), "&since=0&callUID=" + new MadeUp().call())) {
        tape = events;
        compareWithModel(new Step.Enter(pins.get(0), "7000"), "");
        for (int i = 1; i < MIN_CALLERS; i++) {
          play(new Step.Enter(pins.get(i + 1), "700" + i));
        }
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
          playSequence(seed, sequence, steps, random.nextInt(LOSES) == 0);
        }
      }
    }
  }

  private void playSequence(
      final long seed, final int sequence, final RandomSteps steps, final boolean mayLose) {
    final List<Step> done = new ArrayList<>();
    try {
      while (done.size() < STEPS) {
        final Step step = steps.next();
        if (fits(step, mayLose)) {
          done.add(step);
          play(step);
        }
      }
      compare();
    } catch (final AssertionError | RuntimeException failed) {
      final StringBuilder words = new StringBuilder("seed " + seed + ", sequence " + sequence);
      done.forEach(step -> words.append('\n').append(step));
      throw new AssertionError(words.append('\n').append(failed.getMessage()).toString(), failed);
    }
  }

  /** Whether a step can be done here: the call stays up, and phones come and go now and then. */
  private boolean fits(final Step step, final boolean mayLose) {
    if (step instanceof Step.Enter enter) {
      return !enter.ani().isEmpty() && dialled < MIN_CALLERS + NEWCOMERS;
    } else if (step instanceof Step.Leave) {
      return mayLose && onLine() > MIN_CALLERS;
    } else if (step instanceof Step.Key key) {
      // A phone on hold sends nothing, keys neither.
      return !model.snapshot().callers().get(key.caller()).sound().hold()
          && System.currentTimeMillis() - enteredMs.get(key.caller()) > SURE_OF_KEYS_MS;
    } else if (step instanceof Step.Ask ask) {
      return fits(ask.command(), mayLose && onLine() > MIN_CALLERS);
    }
    return step instanceof Step.Hold;
  }

  private static boolean fits(final Command command, final boolean mayDrop) {
    if (command instanceof Command.CreateBreakout create) {
      // A form cannot make a group without callers.
      return create.groups().stream().noneMatch(group -> group.callers().isEmpty());
    } else if (command instanceof Command.UpdateCaller update) {
      return mayDrop || !(update.change() instanceof CallerChange.Drop);
    } else if (command instanceof Command.UpdateActiveCaller update) {
      return !(update.change() instanceof CallerChange.Drop);
    }
    return !(command instanceof Command.CloseCall)
        && (mayDrop || !(command instanceof Command.DropCaller));
  }

  private long onLine() {
    return model.snapshot().callersInOrder().stream().filter(caller -> caller.active()).count();
  }

  private void play(final Step step) {
    String answer = "";
    if (step instanceof Step.Enter enter) {
      dial(enter);
    } else if (step instanceof Step.Leave leave) {
      phones.get(leave.caller()).hangUp();
    } else if (step instanceof Step.Hold hold) {
      final SimPhone phone = phones.get(hold.caller());
      assertThat(hold.on() ? phone.hold() : phone.resume()).succeedsWithin(PATIENCE).isEqualTo(200);
    } else if (step instanceof Step.Key key) {
      assertThat(phones.get(key.caller()).keys(String.valueOf(key.digit())))
          .succeedsWithin(PATIENCE);
    } else if (step instanceof Step.Ask ask) {
      final FormRequest request = FormRequest.of(ask.command());
      answer =
          server.api().command(request.function(), request.parameters().toArray(String[]::new));
    }
    compareWithModel(step, answer);
  }

  /** The step in the model; then waits until the page has heard of it. */
  private void compareWithModel(final Step step, final String answer) {
    final Step seen =
        step instanceof Step.Leave leave ? new Step.Leave(leave.caller(), true) : step;
    final Outcome outcome = model.apply(seen, System.currentTimeMillis(), new MadeUp());
    if (outcome.answer() != null) {
      final Outcome.Answer byForm = faultOfForm(step);
      assertThat(byForm != null && outcome.answer().isTrue()).as("done by the model").isFalse();
      final Outcome.Answer expected = byForm == null ? outcome.answer() : byForm;
      assertThat(answer)
          .as("answer to %s", step)
          .startsWith(expected.isTrue() ? "TRUE" : "FALSE," + expected.parameter() + ": ");
      expected.about().forEach(item -> assertThat(answer).as("to %s", step).contains(item));
    }
    final long seq = model.snapshot().seq();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(
            () -> {
              takeEvents();
              assertThat(replay.seq).as("events after %s", step).isEqualTo(seq);
            });
  }

  /**
   * What HTTP says of groups that contradict one another before anybody looks at the call, where
   * the model may meet another fault first; null where they do not.
   */
  private static Outcome.Answer faultOfForm(final Step step) {
    if (!(step instanceof Step.Ask ask)
        || !(ask.command() instanceof Command.CreateBreakout create)) {
      return null;
    }
    final Set<String> callers = new HashSet<>();
    final Set<String> uids = new HashSet<>();
    for (final Command.NewBreakout group : create.groups()) {
      for (final String caller : group.callers()) {
        if (!callers.add(caller)) {
          return new Outcome.Answer(group.parameter("callers"), List.of(caller));
        }
      }
      if (!group.uid().isEmpty() && !uids.add(group.uid())) {
        return new Outcome.Answer(group.parameter("breakoutUID"), List.of(group.uid()));
      }
    }
    return null;
  }

  private void dial(final Step.Enter enter) {
    dialled++;
    final SimPhone phone = pool.phone(enter.ani());
    phoneOfNumber.put(enter.ani(), phone);
    assertThat(phone.dial(server.sip(), DemoConference.DID))
        .succeedsWithin(PATIENCE)
        .isEqualTo(200);
    assertThat(phone.keys(enter.pin())).succeedsWithin(PATIENCE);
  }

  private void takeEvents() {
    final List<JsonNode> events = tape.events();
    while (replayed < events.size()) {
      replay.take(events.get(replayed));
      replayed++;
    }
  }

  private void compare() {
    final CallSnapshot expected = model.snapshot();
    final JsonNode data = server.api().read("getCallData");
    final List<JsonNode> callers = new ArrayList<>();
    data.path("caller").forEach(callers::add);
    final List<JsonNode> breakouts = new ArrayList<>();
    data.path("breakout").forEach(breakouts::add);
    final List<String> wanted = WireFacts.of(expected);
    assertThat(WireFacts.of(expected, data.path("call"), callers, breakouts))
        .as("getCallData")
        .isEqualTo(wanted);
    assertThat(data.path("call").path("seq").asLong()).isEqualTo(expected.seq());
    assertThat(
            WireFacts.of(
                expected,
                replay.call,
                expected.call().callers().stream().map(replay.callers::get).toList(),
                expected.call().breakouts().stream().map(replay.breakouts::get).toList()))
        .as("events from 0")
        .isEqualTo(wanted);
  }

  /** What the server made up, found by asking it. */
  private final class MadeUp implements Names {
    @Override
    public String call() {
      return await()
          .atMost(PATIENCE)
          .until(
              () -> server.api().read("getConference").path("mainCallUID").asText(),
              uid -> !uid.isEmpty());
    }

    @Override
    public String caller() {
      final String uid = await().atMost(PATIENCE).until(this::newCaller, one -> !one.isEmpty());
      final String ani = server.api().read("getCaller", "UID", uid).path("ANI").asText();
      phones.put(uid, phoneOfNumber.get(ani));
      enteredMs.put(uid, System.currentTimeMillis());
      return uid;
    }

    private String newCaller() {
      for (final JsonNode uid : server.api().read("getCall").path("callers")) {
        if (!phones.containsKey(uid.asText())) {
          return uid.asText();
        }
      }
      return "";
    }

    @Override
    public String breakout() {
      for (final JsonNode uid : server.api().read("getCall").path("breakouts")) {
        // Those that the steps choose have one letter.
        if (uid.asText().length() > 1 && breakoutsNamed.add(uid.asText())) {
          return uid.asText();
        }
      }
      throw new AssertionError("no breakout was made");
    }
  }
}
