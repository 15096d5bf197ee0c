package dev.conductor.http;

import dev.conductor.command.Command;
import java.util.List;

/** The functions that change a call. Any thread. */
final class CallFunctions {
  private CallFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows() {
    return List.of(
        ApiFunction.Write.of(
                "closeCall", (origin, call, parameters) -> new Command.CloseCall(origin, call))
            .described(FunctionDoc.of("Ends the call and hangs up on everyone in it.")));
  }
}
