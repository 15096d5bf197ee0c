package dev.conductor.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function's example as one line of shell. What differs from server to server and call to call
 * stands as shell variables: BASE, TOKEN, CALL, CONFERENCE, CALLER and so on. Any thread.
 */
final class CurlLine {
  /** The shell variable for what a sample has in braces. */
  static final Map<String, String> VARIABLES =
      Map.of(
          "{caller}", "$CALLER",
          "{breakout}", "$BREAKOUT",
          "{callTag}", "$CALL_TAG",
          "{conferenceTag}", "$CONFERENCE_TAG",
          "{person}", "$PERSON",
          "{call}", "$CALL",
          "{conference}", "$CONFERENCE",
          "{audio}", "$AUDIO");

  private CurlLine() {}

  /** The line. */
  static String of(final ApiFunction function) {
    final List<String> parameters = new ArrayList<>();
    parameters.add(
        function.anchor() == Anchor.CALL ? "callUID=$CALL" : "conferenceUID=$CONFERENCE");
    parameters.add("securityToken=$TOKEN");
    function.doc().sample().forEach(parameter -> parameters.add(withVariables(parameter)));
    if (function.isRead()) {
      parameters.add("type=JSON");
    }
    final StringBuilder line = new StringBuilder("curl -sS ");
    line.append(function.isRead() ? "--get " : "");
    line.append("\"$BASE").append(FunctionHandler.PATH).append(function.name()).append('"');
    for (final String parameter : parameters) {
      line.append(" --data-urlencode \"").append(parameter).append('"');
    }
    return line.toString();
  }

  private static String withVariables(final String parameter) {
    String text = parameter;
    for (final Map.Entry<String, String> variable : VARIABLES.entrySet()) {
      text = text.replace(variable.getKey(), variable.getValue());
    }
    return text;
  }
}
