package dev.conductor.http;

import dev.conductor.command.Command;
import java.util.List;

/** The writes on a customer. Any thread. */
final class CustomerFunctions {
  private CustomerFunctions() {}

  /** Their rows. */
  static List<AccessFunction> rows() {
    return List.of(
        AccessFunction.Write.of(
                "updateCustomer",
                (origin, scope, parameters) ->
                    new Command.UpdateCustomer(
                        origin,
                        scope.customer().uid(),
                        HostFields.CUSTOMER
                            .change(parameters)
                            .orElseThrow(
                                () ->
                                    Refusal.parameter(
                                        HostFields.FIELD,
                                        "no such field "
                                            + Values.shown(parameters.get(HostFields.FIELD))))),
                HostFields.CUSTOMER.params().toArray(Param[]::new))
            .described(
                FunctionDoc.of(
                        "Changes a wish or text of the customer. Wishes are what conferences made"
                            + " later begin with; texts are kept for the customer's own pages, the"
                            + " server does nothing with them.",
                        "field=greenroom",
                        "value=false")
                    .answering("AccountCustomer")));
  }
}
