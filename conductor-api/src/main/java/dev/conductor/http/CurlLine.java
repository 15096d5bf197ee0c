package dev.conductor.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function's example as one line of shell. What differs from server to server and call to call
 * stands as shell variables: BASE, TOKEN, CALL, CONFERENCE, CALLER and so on. Any thread.
 */
final class CurlLine {
  /** The shell variable for what a sample has in braces. */
  static final Map<String, String> VARIABLES =
      Stream.of(
              List.of("{caller}", "$CALLER"),
              List.of("{breakout}", "$BREAKOUT"),
              List.of("{callTag}", "$CALL_TAG"),
              List.of("{conferenceTag}", "$CONFERENCE_TAG"),
              List.of("{person}", "$PERSON"),
              List.of("{call}", "$CALL"),
              List.of("{conference}", "$CONFERENCE"),
              List.of("{audio}", "$AUDIO"),
              List.of("{booked}", "$BOOKED"),
              List.of("{bookedTag}", "$BOOKED_TAG"),
              List.of("{bookedPerson}", "$BOOKED_PERSON"),
              List.of("{reservation}", "$RESERVATION"))
          .collect(Collectors.toUnmodifiableMap(pair -> pair.get(0), pair -> pair.get(1)));

  private CurlLine() {}

  /** The line. */
  static String of(final DocumentedFunction function) {
    return of(function, List.of());
  }

  /** The same with further parameters. */
  static String of(final DocumentedFunction function, final List<String> more) {
    if (!function.takes().isEmpty()) {
      return sending(function);
    }
    final List<String> parameters = new ArrayList<>(function.identitySample());
    function.doc().sample().forEach(parameter -> parameters.add(withVariables(parameter)));
    parameters.addAll(more);
    if (function.isRead() && function.gives().isEmpty()) {
      parameters.add("type=JSON");
    }
    final StringBuilder line = new StringBuilder("curl -sS ");
    line.append(function.isRead() ? "--get " : "");
    line.append("\"$BASE").append(function.path()).append('"');
    for (final String parameter : parameters) {
      line.append(" --data-urlencode \"").append(parameter).append('"');
    }
    return line.toString();
  }

  /** A file as the body; the sample names it by {@code @}. */
  private static String sending(final DocumentedFunction function) {
    final List<String> parameters = new ArrayList<>(function.identitySample());
    String file = "";
    for (final String sample : function.doc().sample()) {
      if (sample.startsWith("@")) {
        file = sample;
      } else {
        parameters.add(withVariables(sample));
      }
    }
    return "curl -sS \"$BASE"
        + function.path()
        + "?"
        + String.join("&", parameters)
        + "\" -H \"Content-Type: "
        + function.takes().get(0)
        + "\" --data-binary \""
        + file
        + "\"";
  }

  private static String withVariables(final String parameter) {
    String text = parameter;
    for (final Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      text = text.replace(variable.getKey(), variable.getValue());
    }
    return text;
  }
}
