package dev.conductor.http;

import dev.conductor.model.CallSnapshot;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Erasure;
import dev.conductor.model.KeptCalls;
import dev.conductor.model.RecordEraser;
import dev.conductor.model.Snapshots;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.Envelope;
import dev.conductor.query.Renderer;
import dev.conductor.query.View;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The reads of calls that are over, and what takes a person out of their records. Any thread. */
public final class RecordFunctions {
  private static final String CALL_UID = "callUID";

  /** How erasePerson's own table calls a person who was in a call that is still up. */
  private static final int STILL_UP = 1;

  private final Renderer renderer;
  private final AccountRenderer accounts;
  private final KeptCalls kept;
  private final RecordEraser eraser;

  /**
   * Their functions.
   *
   * @param renderer writes calls
   * @param accounts writes the answer that shows nothing
   * @param kept where records are read
   * @param eraser takes persons out of them
   */
  public RecordFunctions(
      final Renderer renderer,
      final AccountRenderer accounts,
      final KeptCalls kept,
      final RecordEraser eraser) {
    this.renderer = renderer;
    this.accounts = accounts;
    this.kept = kept;
    this.eraser = eraser;
  }

  /** Their rows. */
  List<AccessFunction> rows() {
    return List.of(
        AccessFunction.Read.of(
                "getCall",
                (scope, parameters, view) -> ended(scope, parameters, view, renderer::call),
                conferenceUid(),
                callUid())
            .described(
                FunctionDoc.of(
                        "A call that is over, as long as its record is kept.",
                        "conferenceUID={conference}",
                        "callUID={call}")
                    .answering("Call")),
        AccessFunction.Read.of(
                "getCallData",
                (scope, parameters, view) -> ended(scope, parameters, view, renderer::callData),
                conferenceUid(),
                callUid())
            .described(
                FunctionDoc.of(
                        "A call that is over with everybody who was in it and its breakouts, as"
                            + " long as its record is kept.",
                        "conferenceUID={conference}",
                        "callUID={call}")
                    .answering("CallData")),
        AccessFunction.Errand.of(
                "erasePerson",
                this::erase,
                Param.required("conference", ParamType.UID).about("UID of the conference."),
                Param.required("person", ParamType.UID).about("UID of the person."))
            .described(
                FunctionDoc.ours(
                        "Takes a person out of the records and events of calls that are over: his"
                            + " name, number, PIN, email and all that was written about him. That"
                            + " somebody was there stays; so does the booking, which removePerson takes"
                            + " away. Code 1 while a call he was in is up: nothing is erased.",
                        "conference={booked}",
                        "person={bookedPerson}")
                    .answering(FunctionDoc.NOTHING)));
  }

  private static Param conferenceUid() {
    return Param.required(AccountReads.CONFERENCE_UID, ParamType.UID)
        .about("UID of the conference.");
  }

  private static Param callUid() {
    return Param.required(CALL_UID, ParamType.UID).about("UID of the call.");
  }

  private CompletionStage<String> ended(
      final AccountScope scope,
      final Parameters parameters,
      final View view,
      final Document document) {
    final ConferenceSnapshot of = scope.require(parameters, AccountReads.CONFERENCE_UID);
    final String uid = parameters.get(CALL_UID);
    final Optional<CallSnapshot> known = scope.snapshots().call(uid);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(document.of(of, requireEnded(of, uid, known), view));
    }
    final CompletableFuture<String> answer = new CompletableFuture<>();
    final boolean taken =
        kept.read(
            uid,
            found -> {
              try {
                answer.complete(document.of(of, requireEnded(of, uid, found), view));
              } catch (final RuntimeException refused) {
                answer.completeExceptionally(refused);
              }
            },
            () -> answer.completeExceptionally(unreadable()));
    if (!taken) {
      throw unreadable();
    }
    return answer;
  }

  private static Refusal unreadable() {
    return Refusal.server(
        "the record of the call cannot be read just now", HttpCounter.READS_FAILED);
  }

  private static CallSnapshot requireEnded(
      final ConferenceSnapshot of, final String uid, final Optional<CallSnapshot> found) {
    final CallSnapshot call =
        found
            .filter(there -> there.call().conferenceUid().equals(of.conference().uid()))
            .orElseThrow(
                () ->
                    Refusal.parameter(
                        CALL_UID, "no call " + Values.shown(uid) + " of this conference"));
    if (call.call().active()) {
      throw Refusal.coded(
          Envelope.GENERAL, CALL_UID, "call " + uid + " is up: ask /_conference/getCallData");
    }
    return call;
  }

  private CompletionStage<String> erase(
      final AccountScope scope, final Parameters parameters, final View view) {
    final ConferenceSnapshot of = scope.require(parameters, "conference");
    final Snapshots snapshots = scope.snapshots();
    return eraser
        .erasePerson(of.conference().uid(), parameters.get("person"))
        .thenApply(
            erasure -> {
              requireErased(parameters.get("person"), erasure.outcome());
              erasure.calls().forEach(snapshots::forgetCall);
              return accounts.shown(scope.customer(), null, view);
            });
  }

  private static void requireErased(final String uid, final Erasure.Outcome outcome) {
    if (outcome == Erasure.Outcome.STILL_UP) {
      throw Refusal.coded(STILL_UP, "person", "a call he was in is still up");
    }
    if (outcome == Erasure.Outcome.UNKNOWN) {
      throw Refusal.parameter(
          "person", "no person " + Values.shown(uid) + " in this conference, nor in its records");
    }
  }

  /** Writes a call. */
  @FunctionalInterface
  private interface Document {
    String of(ConferenceSnapshot conference, CallSnapshot call, View view);
  }
}
