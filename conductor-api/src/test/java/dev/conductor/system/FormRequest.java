package dev.conductor.system;

import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A command as a client posts it: the function's name and its parameters, as the document spells
 * them.
 *
 * @param parameters name, value, name, value
 */
record FormRequest(String function, List<String> parameters) {

  static FormRequest of(final Command command) {
    final Collector to = new Collector();
    if (command instanceof Command.UpdateCaller it) {
      return to.put("UID", it.uids()).change(it.change()).to("updateCaller");
    } else if (command instanceof Command.UpdateActiveCaller it) {
      it.role().ifPresent(role -> to.put("role", role));
      return to.change(it.change()).to("updateActiveCaller");
    } else if (command instanceof Command.DropCaller it) {
      return to.put("UID", it.uids()).put("ban", it.ban()).to("dropCaller");
    } else if (command instanceof Command.CreateBreakout it) {
      return createBreakout(it, to);
    } else if (command instanceof Command.UpdateBreakout it) {
      return to.put("UID", it.uid()).change(it.change()).to("updateBreakout");
    } else if (command instanceof Command.UpdateCall it) {
      return to.change(it.change()).to("updateCall");
    } else if (command instanceof Command.UpdateCallSetting it) {
      return to.put("role", it.role())
          .put("setting", lower(it.setting()))
          .put("value", it.on())
          .to("updateCallSetting");
    } else if (command instanceof Command.UpdateConferenceSetting it) {
      return to.put("role", it.role())
          .put("setting", lower(it.setting()))
          .put("value", it.on())
          .to("updateConferenceSetting");
    } else if (command instanceof Command.CreateCallTag it) {
      return it.conferenceTagId() == 0
          ? to.put("value", it.value()).to("createCallTag")
          : to.put("conferenceTagID", it.conferenceTagId()).to("createCallTag");
    } else if (command instanceof Command.UpdateCallTag it) {
      return to.put("callTagID", it.tagId()).put("value", it.value()).to("updateCallTag");
    } else if (command instanceof Command.UpdateCallerTag it) {
      return to.put("callerUID", it.uids())
          .put("callTagID", it.tagId())
          .put("action", it.adds() ? "Add" : "Remove")
          .to("updateCallerTag");
    } else if (command instanceof Command.NextHand it) {
      return nextHand(it, to);
    } else if (command instanceof Command.UpdateCustomValue it) {
      return to.put("objectType", lower(it.owner()))
          .put("objectUID", it.objectUid())
          .put("customKey", it.key())
          .put("customValue", it.value())
          .to("updateCustomValue");
    }
    throw new IllegalArgumentException("nobody posts " + command);
  }

  private static FormRequest createBreakout(final Command.CreateBreakout it, final Collector to) {
    if (it.groups().get(0).number() > 0) {
      to.put("count", it.groups().size());
    }
    for (final Command.NewBreakout group : it.groups()) {
      to.put(group.parameter("callers"), group.callers())
          .put(group.parameter("breakoutUID"), group.uid())
          .put(group.parameter("name"), group.name())
          .put(group.parameter("private"), group.isPrivate());
    }
    return to.to("createBreakout");
  }

  private static FormRequest nextHand(final Command.NextHand it, final Collector to) {
    // Beside a UID no level may be asked for.
    if (it.attention() > 0 && it.uid().isEmpty()) {
      to.put("attention", it.attention());
    }
    return to.put("UID", it.uid()).put("keep", it.keep()).to("nextHand");
  }

  private static String lower(final Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /** Collects the parameters. */
  private static final class Collector {
    private final List<String> parameters = new ArrayList<>();

    private Collector put(final String name, final Object value) {
      parameters.add(name);
      parameters.add(
          value instanceof List<?> items
              ? String.join(",", items.stream().map(Object::toString).toList())
              : value.toString());
      return this;
    }

    private Collector field(final String field, final Object value) {
      return put("field", field).put("value", value);
    }

    private FormRequest to(final String function) {
      return new FormRequest(function, parameters);
    }

    private Collector change(final CallerChange change) {
      if (change instanceof CallerChange.Mike it) {
        return field("mike", it.on());
      } else if (change instanceof CallerChange.Mute it) {
        return field("mute", it.on());
      } else if (change instanceof CallerChange.Deaf it) {
        return field("deaf", it.on());
      } else if (change instanceof CallerChange.Tag it) {
        return field("tag", it.text());
      } else if (change instanceof CallerChange.Attention it) {
        return field("attention", it.level());
      } else if (change instanceof CallerChange.ToBreakout it) {
        return field("breakout", it.breakoutUid());
      } else if (change instanceof CallerChange.Data it) {
        return field("data", it.text());
      } else if (change instanceof CallerChange.ToRole it) {
        return field("role", it.role());
      } else if (change instanceof CallerChange.Notes it) {
        return field("notes", it.text());
      } else if (change instanceof CallerChange.Note it) {
        return field("note", it.text());
      } else if (change instanceof CallerChange.Custom1 it) {
        return field("custom1", it.text());
      } else if (change instanceof CallerChange.Custom2 it) {
        return field("custom2", it.text());
      } else if (change instanceof CallerChange.VolumeIn it) {
        return field("volume_in", it.steps());
      } else if (change instanceof CallerChange.VolumeOut it) {
        return field("volume_out", it.steps());
      } else if (change instanceof CallerChange.Energy it) {
        return field("energy", it.threshold());
      }
      return field("active", false);
    }

    private Collector change(final BreakoutChange change) {
      if (change instanceof BreakoutChange.Name it) {
        return field("name", it.text());
      } else if (change instanceof BreakoutChange.Attention it) {
        return field("attention", it.on());
      } else if (change instanceof BreakoutChange.ToggleCallers it) {
        return field("callers", it.uids());
      } else if (change instanceof BreakoutChange.AddCallers it) {
        return field("addCallers", it.uids());
      } else if (change instanceof BreakoutChange.RemoveCallers it) {
        return field("removeCallers", it.uids());
      } else if (change instanceof BreakoutChange.Data it) {
        return field("data", it.text());
      }
      return field("private", ((BreakoutChange.Private) change).on());
    }

    private Collector change(final CallChange change) {
      if (change instanceof CallChange.Text it) {
        return field(lower(it.field()), it.text());
      } else if (change instanceof CallChange.Note it) {
        return field("note", it.text());
      } else if (change instanceof CallChange.Feedback it) {
        return field("feedback", it.line());
      }
      final CallChange.Flag flag = (CallChange.Flag) change;
      return field(
          switch (flag.field()) {
            case BACKGROUND_MUSIC -> "backgroundMusic";
            case ENABLE_FEEDBACK -> "enableFeedback";
            case ENABLE_BROADCAST -> "enableBroadcast";
            case LOCK_MUTE -> "lockMute";
            case LOCKED -> "locked";
            default -> lower(flag.field());
          },
          flag.on());
    }
  }
}
