package dev.conductor.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code conductor customer}: the accounts of a running server. The main thread. */
@Command(
    name = "customer",
    description = "Make accounts on a running server, by its operator's key.",
    mixinStandardHelpOptions = true,
    subcommands = CustomerCommand.Add.class)
final class CustomerCommand {
  private CustomerCommand() {}

  /** {@code conductor customer add}. */
  @Command(
      name = "add",
      description = {
        "Make a customer and print UID and key, a line each. The key is shown only now.",
        "Run it where the server's data folder is: the operator's key is read there."
      },
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Option(names = "--name", required = true, description = "The account's name.")
    private String name;

    @Option(
        names = "--did",
        required = true,
        description = "The number that its conferences are dialled by, e.g. +15550100.")
    private String did;

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        defaultValue = "America/Los_Angeles",
        description = "Time zone of its dates (default: ${DEFAULT-VALUE}).")
    private String zone;

    @Option(names = "--place-call", description = "Its conferences may call out.")
    private boolean placeCall;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailed, IOException {
      final Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("name", name);
      parameters.put("did", did);
      parameters.put("zone", zone);
      parameters.put("placeCall", Boolean.toString(placeCall));
      final JsonNode made = server.operatorsDoor().ask("/_operator/createCustomer", parameters);
      final PrintWriter out = spec.commandLine().getOut();
      out.println("UID " + made.path("UID").asText());
      out.println("key " + made.path("key").asText());
      out.flush();
      return 0;
    }
  }
}
