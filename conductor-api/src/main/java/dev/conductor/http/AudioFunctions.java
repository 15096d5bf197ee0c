package dev.conductor.http;

import dev.conductor.command.Command;
import java.util.List;

/** The function that plays a conference's clips. Any thread. */
final class AudioFunctions {
  private static final String TONE = "tone";

  private AudioFunctions() {}

  /** Its row. */
  static List<ApiFunction> rows() {
    return List.of(
        ApiFunction.Write.of(
                "playTone",
                (origin, call, parameters) ->
                    new Command.PlayTone(origin, call, parameters.get(TONE).strip()),
                Param.required(TONE, ParamType.VALUE)
                    .about("UID of the audio clip; empty stops the one that plays."))
            .described(
                FunctionDoc.of(
                    "Plays a clip to everyone in the call, in place of one that plays.",
                    "tone={audio}")));
  }
}
