package dev.conductor.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A function that takes a file or gives one, or is the operator's: it has a handler of its own and
 * no row in a table that routes; this row documents it. Immutable; any thread.
 *
 * @param identity who asks, each a name, whether it is needed, and what is said of it
 * @param identitySample the same as an example has them
 * @param group the heading it stands under
 * @param takes media types of the body, the parameters standing in the query; empty for a form
 * @param gives media types of the file it answers; empty for an envelope in JSON
 */
record FileFunction(
    String path,
    List<Param> own,
    List<List<String>> identity,
    List<String> identitySample,
    FunctionDoc doc,
    String group,
    List<String> takes,
    List<String> gives)
    implements DocumentedFunction {
  private static final String READS = "Conference management, reads";
  private static final String WRITES = "Conference management, writes";

  /** Copies the lists. */
  FileFunction {
    own = List.copyOf(own);
    identity = List.copyOf(identity);
    identitySample = List.copyOf(identitySample);
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /** One that a customer's key opens and that gives a file. */
  static FileFunction giving(
      final String path, final List<Param> own, final FunctionDoc doc, final List<String> gives) {
    return new FileFunction(path, own, keyIdentity(), keySample(), doc, READS, List.of(), gives);
  }

  /** One that a customer's key opens and that takes a file. */
  static FileFunction taking(
      final String path, final List<Param> own, final FunctionDoc doc, final List<String> takes) {
    return new FileFunction(path, own, keyIdentity(), keySample(), doc, WRITES, takes, List.of());
  }

  /** One that the operator's key opens. */
  static FileFunction ofOperator(final String path, final List<Param> own, final FunctionDoc doc) {
    return new FileFunction(
        path,
        own,
        List.of(
            List.of(
                FormDecoder.TOKEN,
                "yes",
                "The operator's key, as bearer token or parameter: operator.key in the server's"
                    + " data folder.")),
        List.of(FormDecoder.TOKEN + "=$OPERATOR_KEY"),
        doc,
        WRITES,
        List.of(),
        List.of());
  }

  private static List<List<String>> keyIdentity() {
    return List.of(
        List.of(AccessFunction.CUSTOMER, "yes", "UID of the customer."),
        List.of(AccessFunction.KEY, "yes", "The customer's key."));
  }

  private static List<String> keySample() {
    return List.of(AccessFunction.CUSTOMER + "=$CUSTOMER", AccessFunction.KEY + "=$KEY");
  }

  /** All of them. */
  static List<FileFunction> all() {
    return Stream.of(
            ExportHandler.documented(),
            List.of(
                PersonImport.DOCUMENTED, ConferenceImports.DOCUMENTED, OperatorHandler.DOCUMENTED))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String operationId() {
    return "access" + name().substring(0, 1).toUpperCase(Locale.ROOT) + name().substring(1);
  }

  @Override
  public List<Param> params() {
    return Stream.concat(
            own.stream(),
            identity.stream()
                .map(
                    one ->
                        new Param(
                            one.get(0),
                            ParamType.TOKEN,
                            gives.isEmpty(),
                            List.of(),
                            one.get(2),
                            List.of())))
        .toList();
  }

  @Override
  public boolean isRead() {
    return !gives.isEmpty();
  }

  @Override
  public boolean inEnvelope() {
    return gives.isEmpty();
  }

  @Override
  public boolean inXml() {
    return false;
  }
}
