package dev.conductor.http;

/** Takes the requests of a route. Called on the connection's event loop; must not wait. */
interface RequestHandler {
  /** A request. It is answered by the exchange, now or later, from any thread. */
  void onRequest(Request request, Exchange exchange);

  /**
   * A request that is not to be looked at; of one that came in wrong only the head is there. To be
   * answered in the route's form.
   */
  default void onProblem(final Request head, final Problem problem, final Exchange exchange) {
    exchange.answer(Answer.text(problem.status(), problem.message()).with(problem.headers()));
  }
}
