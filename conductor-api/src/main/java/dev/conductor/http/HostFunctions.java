package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.CustomOwner;
import dev.conductor.command.Origin;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.ConferenceSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The writes on a conference that is there: fields, tokens, tags, keys, its end. Any thread. */
final class HostFunctions {
  private static final String CONFERENCE = "conference";
  private static final String NO_CONFERENCE = "no such conference";
  private static final String TAG_VALUE = "value";
  private static final String TAG_ID = "tagID";
  private static final String OBJECT_TYPE = "objectType";
  private static final String OBJECT_UID = "objectUID";
  private static final String CUSTOM_KEY = "customKey";
  private static final String CUSTOM_VALUE = "customValue";
  private static final String CUSTOMER = "customer";
  private static final String PERSON = "person";
  private static final int CODE_NO_CONFERENCE = 1;
  private static final int CODE_NO_FIELD = 2;
  private static final List<String> OBJECT_TYPES =
      List.of(CUSTOMER, CONFERENCE, "call", PERSON, "caller");

  private HostFunctions() {}

  /** Their rows. */
  static List<AccessFunction> rows() {
    return List.of(
        cancelConference(),
        updateConference(),
        rotate(
            "rotateSecurityToken",
            false,
            "Makes a new security token; the one before opens nothing from then on. Event streams"
                + " that are open go on."),
        rotate(
            "rotateReadOnlyToken",
            true,
            "Makes a token for wallboards that opens reads and event streams of the Conductor API,"
                + " PINs included, and no command; the one before opens nothing from then on."),
        createTag(),
        removeTag(),
        updateCustomValue());
  }

  private static Param conference() {
    return Param.required(CONFERENCE, ParamType.UID).about("UID of the conference.");
  }

  /** The conference, where the function has a code of its own for none. */
  private static ConferenceSnapshot coded(final AccountScope scope, final Parameters parameters) {
    return scope
        .conference(parameters.get(CONFERENCE))
        .orElseThrow(() -> Refusal.coded(CODE_NO_CONFERENCE, CONFERENCE, NO_CONFERENCE));
  }

  private static AccessFunction cancelConference() {
    return AccessFunction.Write.of(
            "cancelConference",
            (origin, scope, parameters) ->
                new Command.CancelConference(origin, coded(scope, parameters).conference().uid()),
            conference())
        .described(
            FunctionDoc.of(
                    "Cancels a conference for good; a call that is up is closed. Code 1: no such"
                        + " conference.",
                    "conference={booked}")
                .answering("AccountConference"));
  }

  private static AccessFunction updateConference() {
    return AccessFunction.Write.of(
            "updateConference",
            (origin, scope, parameters) ->
                new Command.UpdateConference(
                    origin,
                    coded(scope, parameters).conference().uid(),
                    HostFields.CONFERENCE
                        .change(parameters)
                        .orElseThrow(
                            () ->
                                Refusal.coded(
                                    CODE_NO_FIELD,
                                    HostFields.FIELD,
                                    "no such field "
                                        + Values.shown(parameters.get(HostFields.FIELD))))),
            Stream.concat(Stream.of(conference()), HostFields.CONFERENCE.params().stream())
                .toArray(Param[]::new))
        .described(
            FunctionDoc.of(
                    "Changes a wish or text of a conference; a call that is up stays as it is."
                        + " Code 1: no such conference; 2: no such field.",
                    "conference={booked}",
                    "field=notes",
                    "value=Bring the figures.")
                .answering("AccountConference"));
  }

  private static AccessFunction rotate(
      final String name, final boolean readOnly, final String about) {
    return AccessFunction.Write.of(
            name,
            (origin, scope, parameters) ->
                new Command.RotateToken(
                    origin, scope.require(parameters, CONFERENCE).conference().uid(), readOnly),
            conference())
        .described(FunctionDoc.ours(about, "conference={booked}").answering("AccountConference"));
  }

  private static AccessFunction createTag() {
    return AccessFunction.Write.of(
            "createConferenceTag",
            (origin, scope, parameters) ->
                new Command.CreateConferenceTag(
                    origin,
                    scope.require(parameters, CONFERENCE).conference().uid(),
                    Values.text(TAG_VALUE, parameters.get(TAG_VALUE), Values.MAX_NAME)),
            conference(),
            Param.required(TAG_VALUE, ParamType.TEXT).about("The tag's text."))
        .described(
            FunctionDoc.ours(
                    "Makes a tag of a conference; where there is one of this text, that one.",
                    "conference={booked}",
                    "value=Front row")
                .answering("ConferenceTag"));
  }

  private static AccessFunction removeTag() {
    return AccessFunction.Write.of(
            "removeConferenceTag",
            (origin, scope, parameters) ->
                new Command.RemoveConferenceTag(
                    origin,
                    scope.require(parameters, CONFERENCE).conference().uid(),
                    Values.number(TAG_ID, parameters.get(TAG_ID), 1, Integer.MAX_VALUE)),
            conference(),
            Param.required(TAG_ID, ParamType.NUMBER, "tagId").about("ID of the tag."))
        .described(
            FunctionDoc.ours(
                    "Takes a tag from a conference. Tags of its calls stay.",
                    "conference={booked}",
                    "tagID={bookedTag}")
                .answering("AccountConference"));
  }

  private static AccessFunction updateCustomValue() {
    return AccessFunction.Write.of(
            "updateCustomValue",
            HostFunctions::customValue,
            Param.required(OBJECT_TYPE, ParamType.WORD)
                .about("Kind of the object; a call must be up, a caller be of such a call.")
                .oneOf(OBJECT_TYPES),
            Param.required(OBJECT_UID, ParamType.UID).about("UID of the object."),
            Param.required(CUSTOM_KEY, ParamType.TEXT).about("The key."),
            Param.optional(CUSTOM_VALUE, ParamType.VALUE)
                .about("Its value; empty or absent removes the key."))
        .described(
            FunctionDoc.of(
                    "Sets or removes a key of the customer or of something that is his.",
                    "objectType=conference",
                    "objectUID={booked}",
                    "customKey=room",
                    "customValue=B12")
                .answering(FunctionDoc.NOTHING));
  }

  private static Command customValue(
      final Origin origin, final AccountScope scope, final Parameters parameters) {
    final String uid = parameters.get(OBJECT_UID);
    final String key = Values.text(CUSTOM_KEY, parameters.get(CUSTOM_KEY), Values.MAX_NAME);
    final String value =
        Values.text(CUSTOM_VALUE, parameters.text(CUSTOM_VALUE), Values.MAX_MESSAGE);
    final String type = parameters.get(OBJECT_TYPE).toLowerCase(Locale.ROOT);
    if (!OBJECT_TYPES.contains(type)) {
      throw Refusal.parameter(
          OBJECT_TYPE, "no such object type " + Values.shown(parameters.get(OBJECT_TYPE)));
    }
    if (type.equals(CUSTOMER)) {
      if (!uid.equals(scope.customer().uid())) {
        throw noObject(uid);
      }
      return new Command.UpdateCustomerValue(origin, uid, key, value);
    }
    if (type.equals(PERSON)) {
      return new Command.UpdatePersonValue(origin, scope.customer().uid(), uid, key, value);
    }
    final CustomOwner owner = CustomOwner.valueOf(type.toUpperCase(Locale.ROOT));
    final Optional<CallSnapshot> call =
        owner.isOfCall() ? call(scope, owner, uid) : Optional.empty();
    final String conferenceUid =
        call.map(of -> of.call().conferenceUid())
            .or(
                () ->
                    owner.isOfCall()
                        ? Optional.empty()
                        : scope.conference(uid).map(of -> of.conference().uid()))
            .orElseThrow(() -> noObject(uid));
    return new Command.UpdateCustomValue(
        origin, conferenceUid, call.map(of -> of.call().uid()).orElse(""), owner, uid, key, value);
  }

  private static Refusal noObject(final String uid) {
    return Refusal.parameter(OBJECT_UID, "no such object " + Values.shown(uid));
  }

  private static Optional<CallSnapshot> call(
      final AccountScope scope, final CustomOwner owner, final String uid) {
    return scope.conferences().stream()
        .map(of -> scope.snapshots().call(of.conference().activeCallUid()))
        .flatMap(Optional::stream)
        .filter(
            of ->
                owner == CustomOwner.CALL
                    ? of.call().uid().equals(uid)
                    : of.callers().containsKey(uid))
        .findFirst();
  }
}
