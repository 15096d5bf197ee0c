package dev.conductor.reference;

import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.command.Command.NewBreakout;
import dev.conductor.command.CustomOwner;
import dev.conductor.command.Origin;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * What may happen next, as it comes: mostly to people who are there, sometimes to ones who are gone
 * or never were.
 */
public final class RandomSteps {
  private static final Origin HOST = new Origin(Origin.By.API, "test", "request", "Ann");
  private static final String[] GROUPS = {"A", "B", "C", "D"};
  private static final String NOBODY = "NOBODY";
  private static final int NUMBERS = 6;
  private static final int MAX_WAIT_MS = 40_000;
  private static final int LONG_WAIT_MS = 400_000;
  private static final int TAGS = 4;

  private final SplittableRandom random;
  private final ModelConference model;
  private final List<String> pins;
  private final int maxCallers;

  /** A row a command; the more rows, the more often. */
  private final List<Supplier<Command>> commands;

  /**
   * Steps for a conference.
   *
   * @param pins who may come in
   * @param maxCallers how many may be on the line at once
   */
  public RandomSteps(
      final SplittableRandom random,
      final ModelConference model,
      final List<String> pins,
      final int maxCallers) {
    this.random = random;
    this.model = model;
    this.pins = pins;
    this.maxCallers = maxCallers;
    commands =
        List.of(
            () -> new Command.UpdateCaller(HOST, call(), callers(), callerChange()),
            () -> new Command.UpdateCaller(HOST, call(), callers(), callerChange()),
            () -> new Command.UpdateCaller(HOST, call(), callers(), toBreakout()),
            () -> new Command.UpdateActiveCaller(HOST, call(), anyRole(), callerChange()),
            () -> new Command.DropCaller(HOST, call(), callers(), oneIn(3)),
            () -> new Command.CreateBreakout(HOST, call(), groups()),
            () -> new Command.CreateBreakout(HOST, call(), groups()),
            () -> new Command.UpdateBreakout(HOST, call(), group(), breakoutChange()),
            () -> new Command.UpdateBreakout(HOST, call(), group(), breakoutChange()),
            () -> new Command.UpdateCall(HOST, call(), flag()),
            () -> new Command.UpdateCall(HOST, call(), callText()),
            () -> new Command.UpdateCallSetting(HOST, call(), role(3), setting(), flip()),
            () ->
                new Command.UpdateConferenceSetting(
                    HOST, model.conference.uid(), role(3), setting(), flip()),
            () -> new Command.CreateCallTag(HOST, call(), flip() ? conferenceTag() : 0, text()),
            () -> new Command.UpdateCallTag(HOST, call(), tag(), text()),
            () -> new Command.UpdateCallerTag(HOST, call(), callers(), tag(), !oneIn(3)),
            () -> new Command.NextHand(HOST, call(), 0, "", flip()),
            () -> new Command.NextHand(HOST, call(), number(6), oneOrNone(), flip()),
            this::customValue);
  }

  /** The next step. */
  public Step next() {
    final int on = model.isUp() ? model.call.activeCallers().size() : 0;
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> on < maxCallers ? enter() : leave();
      case 4 -> on == 0 ? enter() : leave();
      case 5 -> on == 0 ? enter() : new Step.Hold(onLine(), !oneIn(3));
      case 6, 7 -> on == 0 ? enter() : new Step.Talk(onLine(), !oneIn(3));
      case 8, 9 -> on == 0 ? enter() : new Step.Key(onLine(), "012345**#9".charAt(number(10)));
      case 10, 11 -> new Step.Wait(1 + number(oneIn(10) ? LONG_WAIT_MS : MAX_WAIT_MS));
      default -> model.call == null ? enter() : new Step.Ask(command());
    };
  }

  private Command command() {
    if (oneIn(60)) {
      return new Command.CloseCall(HOST, call());
    }
    return commands.get(number(commands.size())).get();
  }

  private Step enter() {
    return new Step.Enter(pins.get(number(pins.size())), oneIn(6) ? "" : "700" + number(NUMBERS));
  }

  private Step leave() {
    return new Step.Leave(onLine(), flip());
  }

  private String call() {
    return model.call.uid;
  }

  private String onLine() {
    final List<ModelCaller> there = model.call.activeCallers();
    return there.get(number(there.size())).uid;
  }

  private List<String> callers() {
    final List<String> some = new ArrayList<>();
    for (final ModelCaller caller : model.call.callers.values()) {
      if (caller.active ? oneIn(3) : oneIn(30)) {
        some.add(random.nextBoolean() ? some.size() : 0, caller.uid);
      }
    }
    if (some.isEmpty() || oneIn(20)) {
      some.add(
          oneIn(4) || !model.isUp() || model.call.activeCallers().isEmpty() ? NOBODY : onLine());
    }
    return some.stream().distinct().toList();
  }

  private CallerChange callerChange() {
    return switch (number(18)) {
      case 0, 1 -> new CallerChange.Mike(flip());
      case 2, 3 -> new CallerChange.Mute(flip());
      case 4 -> new CallerChange.Deaf(flip());
      case 5, 6 -> new CallerChange.Attention(number(6));
      case 7, 8 -> new CallerChange.ToRole(role(4));
      case 9 -> new CallerChange.Note(text());
      case 10 -> new CallerChange.Notes(text());
      case 11 -> new CallerChange.Tag(oneIn(3) ? "" : text());
      case 12 -> new CallerChange.Data(text());
      case 13 -> flip() ? new CallerChange.Custom1(text()) : new CallerChange.Custom2(text());
      case 14 -> new CallerChange.VolumeIn(random.nextInt(-4, 5));
      case 15 -> new CallerChange.VolumeOut(random.nextInt(-4, 5));
      case 16 -> new CallerChange.Energy(number(1_801));
      default -> oneIn(3) ? new CallerChange.Drop() : toBreakout();
    };
  }

  private CallerChange toBreakout() {
    return new CallerChange.ToBreakout(oneIn(3) ? "" : group());
  }

  private String group() {
    final List<String> there = List.copyOf(model.call.breakouts.keySet());
    return there.isEmpty() || oneIn(8)
        ? GROUPS[number(GROUPS.length)]
        : there.get(number(there.size()));
  }

  private List<NewBreakout> groups() {
    final List<NewBreakout> groups = new ArrayList<>();
    final List<String> left = new ArrayList<>(callers());
    if (!oneIn(8)) {
      left.remove(NOBODY);
    }
    final int count = 1 + number(3);
    for (int i = 1; i <= count; i++) {
      final List<String> in = new ArrayList<>();
      while (!left.isEmpty() && (flip() || i == count)) {
        in.add(oneIn(30) ? left.get(0) : left.remove(0));
      }
      final String uid = oneIn(4) ? "" : GROUPS[number(GROUPS.length)];
      final int numbered = count == 1 ? 0 : i;
      groups.add(
          new NewBreakout(
              uid, flip() ? "" : text(), oneIn(3), in.stream().distinct().toList(), numbered));
    }
    return groups;
  }

  private String oneOrNone() {
    return flip() ? "" : callers().get(0);
  }

  private BreakoutChange breakoutChange() {
    return switch (number(9)) {
      case 0 -> new BreakoutChange.Private(flip());
      case 1, 2 -> new BreakoutChange.Attention(flip());
      case 3 -> new BreakoutChange.Name(text());
      case 4 -> new BreakoutChange.Data(text());
      case 5 -> new BreakoutChange.AddCallers(callers());
      case 6 -> new BreakoutChange.RemoveCallers(callers());
      default -> new BreakoutChange.ToggleCallers(callers());
    };
  }

  private CallChange flag() {
    final CallChange.FlagField[] fields = CallChange.FlagField.values();
    final CallChange.FlagField field =
        flip()
            ? fields[number(fields.length)]
            : flip() ? CallChange.FlagField.GREENROOM : CallChange.FlagField.ENTRYWAY;
    return new CallChange.Flag(field, flip());
  }

  private CallChange callText() {
    final CallChange.TextField[] fields = CallChange.TextField.values();
    return switch (number(4)) {
      case 0 -> new CallChange.Note(text());
      case 1 -> new CallChange.Feedback(oneIn(4) ? "" : text());
      default -> new CallChange.Text(fields[number(fields.length)], text());
    };
  }

  private Command customValue() {
    final CustomOwner owner = CustomOwner.values()[number(4)];
    final Person person = model.persons.get(number(model.persons.size()));
    final String object =
        switch (owner) {
          case CONFERENCE -> model.conference.uid();
          case CALL -> call();
          case PERSON -> person.uid();
          case CALLER -> callers().get(0);
        };
    return new Command.UpdateCustomValue(
        HOST,
        model.conference.uid(),
        call(),
        owner,
        object,
        "k" + number(3),
        oneIn(3) ? "" : text());
  }

  private Optional<Role> anyRole() {
    return flip() ? Optional.empty() : Optional.of(role(4));
  }

  private Role role(final int of) {
    return Role.values()[number(of)];
  }

  private RoleFlag.Setting setting() {
    return RoleFlag.Setting.values()[number(3)];
  }

  private long conferenceTag() {
    return oneIn(5) ? 999 : model.conference.tags().get(0).id();
  }

  private long tag() {
    return 1 + number(TAGS);
  }

  private String text() {
    return "text " + number(4);
  }

  private int number(final int bound) {
    return random.nextInt(bound);
  }

  private boolean oneIn(final int bound) {
    return random.nextInt(bound) == 0;
  }

  private boolean flip() {
    return random.nextBoolean();
  }
}
