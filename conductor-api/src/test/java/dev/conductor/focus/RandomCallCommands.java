package dev.conductor.focus;

import dev.conductor.command.CallChange;
import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallChange.TextField;
import dev.conductor.command.Command;
import dev.conductor.command.CustomOwner;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.util.List;
import java.util.SplittableRandom;

/** Commands on calls, tags, settings and keys, as they come. */
final class RandomCallCommands {
  private static final int TAGS = 4;

  private final SplittableRandom random;
  private final HandDrivenFocus focus;

  RandomCallCommands(final SplittableRandom random, final HandDrivenFocus focus) {
    this.random = random;
    this.focus = focus;
  }

  /** One for the call that is up. */
  Command next() {
    final String call = focus.callUid();
    final var api = HandDrivenFocus.API;
    return switch (random.nextInt(9)) {
      case 0 -> new Command.CreateCallTag(api, call, random.nextBoolean() ? 41 : 0, tagText());
      case 1 -> new Command.UpdateCallTag(api, call, tagId(), tagText());
      case 2 ->
          new Command.UpdateCallerTag(
              api, call, List.of(caller(), "NOBODY"), tagId(), random.nextInt(3) > 0);
      case 3 -> new Command.UpdateCallSetting(api, call, role(), setting(), random.nextBoolean());
      case 4 ->
          new Command.UpdateConferenceSetting(api, "CONF", role(), setting(), random.nextBoolean());
      case 5 -> customValue(call);
      default -> new Command.UpdateCall(api, call, change());
    };
  }

  private Command customValue(final String call) {
    final CustomOwner owner = CustomOwner.values()[random.nextInt(4)];
    final String object =
        switch (owner) {
          case CONFERENCE -> "CONF";
          case CALL -> call;
          case PERSON -> "P" + TestConference.PIN_1;
          case CALLER -> caller();
        };
    final String value = random.nextInt(3) == 0 ? "" : "v" + random.nextInt();
    return new Command.UpdateCustomValue(
        HandDrivenFocus.API, "CONF", call, owner, object, "k" + random.nextInt(3), value);
  }

  private CallChange change() {
    return switch (random.nextInt(6)) {
      case 0 -> new CallChange.Text(TextField.values()[random.nextInt(6)], "t" + random.nextInt());
      case 1 -> new CallChange.Note("n");
      case 2 -> new CallChange.Feedback(random.nextInt(4) == 0 ? "" : "line");
      case 3 -> new CallChange.Flag(FlagField.GREENROOM, random.nextBoolean());
      case 4 -> new CallChange.Flag(FlagField.ENTRYWAY, random.nextBoolean());
      default ->
          new CallChange.Flag(
              FlagField.values()[random.nextInt(FlagField.values().length)], random.nextBoolean());
    };
  }

  private String caller() {
    final List<String> all = focus.call().call().callers();
    return all.isEmpty() ? "NOBODY" : all.get(random.nextInt(all.size()));
  }

  private Role role() {
    return Role.values()[random.nextInt(3)];
  }

  private RoleFlag.Setting setting() {
    return RoleFlag.Setting.values()[random.nextInt(3)];
  }

  private long tagId() {
    return 1 + random.nextInt(TAGS);
  }

  private String tagText() {
    return "tag " + random.nextInt(3);
  }
}
