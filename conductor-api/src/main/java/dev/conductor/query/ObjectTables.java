package dev.conductor.query;

import static dev.conductor.query.Field.flag;
import static dev.conductor.query.Field.flagText;
import static dev.conductor.query.Field.number;
import static dev.conductor.query.Field.objects;
import static dev.conductor.query.Field.pairs;
import static dev.conductor.query.Field.text;
import static dev.conductor.query.Field.time;
import static dev.conductor.query.Field.timeOrZero;
import static dev.conductor.query.Field.uids;

import dev.conductor.model.Audio;
import dev.conductor.model.Breakout;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Customer;
import dev.conductor.model.GroupPlan;
import dev.conductor.model.Person;
import dev.conductor.model.PlacedCall;
import dev.conductor.model.RoleFlag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of the document, one table each, rows in its order. The document prints {@code
 * custom} twice on Call and Conference; the key and value pairs have the name, the text is our
 * {@code customText}. Immutable; any thread.
 */
final class ObjectTables {
  static final ObjectTable<Audio> AUDIO =
      new ObjectTable<>(
          "Audio",
          List.of(text("UID", Audio::uid), text("Name", Audio::name), text("Value", Audio::value)));

  /** Ours: the target of CALL PLACECALL. */
  static final ObjectTable<PlacedCall> PLACED_CALL =
      new ObjectTable<>(
          "PlacedCall",
          List.of(),
          List.of(
              text("UID", PlacedCall::uid),
              text("number", PlacedCall::number),
              text("name", PlacedCall::name),
              text("role", of -> of.role().name()),
              text("status", of -> of.status().name()),
              number("sipStatus", PlacedCall::sipStatus),
              text("reason", PlacedCall::reason)));

  static final ObjectTable<CallTag> CALL_TAG =
      new ObjectTable<>(
          "CallTag",
          List.of(
              number("ID", CallTag::id),
              text("value", CallTag::value),
              number("conferenceTagId", CallTag::conferenceTagId)));

  static final ObjectTable<ConferenceTag> CONFERENCE_TAG =
      new ObjectTable<>(
          "ConferenceTag",
          List.of(number("ID", ConferenceTag::id), text("value", ConferenceTag::value)));

  static final ObjectTable<RoleFlag> ROLE_FLAG =
      new ObjectTable<>(
          "RoleFlag",
          List.of(
              text("role", flag -> flag.role().name()),
              flag("mike", RoleFlag::mike),
              flag("mute", RoleFlag::mute),
              flag("deaf", RoleFlag::deaf)));

  static final ObjectTable<Customer> CUSTOMER =
      new ObjectTable<>(
          "Customer",
          List.of(
              text("UID", Customer::uid),
              text("name", Customer::name),
              text("status", Customer::status),
              text("DID", Customer::did),
              flagText("recording", Customer::recording),
              flagText("greenroom", Customer::greenroom),
              text("contactEmails", Customer::contactEmails),
              flagText("backgroundMusic", Customer::backgroundMusic),
              flagText("placeCall", Customer::placeCall),
              pairs("custom", Customer::custom)));

  static final ObjectTable<Person> PERSON =
      new ObjectTable<>(
          "Person",
          List.of(
              text("UID", Person::uid),
              text("name", Person::name),
              text("ANI", Person::ani),
              text("PIN", Person::pin),
              text("role", person -> person.role().name()),
              text("email", Person::email),
              text("notes", Person::notes),
              text("custom1", Person::custom1),
              text("custom2", Person::custom2),
              objects("tags", CONFERENCE_TAG, Person::tags),
              pairs("custom", Person::custom)),
          List.of(text("reference", Person::reference)));

  static final ObjectTable<Breakout> BREAKOUT =
      new ObjectTable<>(
          "Breakout",
          List.of(
              text("UID", Breakout::uid),
              text("name", Breakout::name),
              uids("callers", Breakout::callers),
              flag("attention", Breakout::attention),
              time("attentionTime", Breakout::attentionMs),
              timeOrZero("lastAssistedTime", Breakout::lastAssistedMs),
              flag("assistedGroup", Breakout::assisted),
              text("data", Breakout::data),
              flag("private", Breakout::isPrivate)));

  static final ObjectTable<Caller> CALLER =
      new ObjectTable<>(
          "Caller",
          List.of(
              text("UID", Caller::uid),
              text("ANI", caller -> caller.identity().ani()),
              text("PIN", caller -> caller.identity().pin()),
              text("DID", caller -> caller.identity().did()),
              time("startTime", caller -> caller.identity().startMs()),
              time("endTime", caller -> caller.presence().endMs()),
              text("role", caller -> caller.role().name()),
              text("breakout", caller -> caller.seat().breakoutUid()),
              time("breakoutTime", caller -> caller.seat().sinceMs()),
              flag("mic", caller -> caller.sound().mic()),
              flag("mute", caller -> caller.sound().mute()),
              flag("deaf", caller -> caller.sound().deaf()),
              flag("active", Caller::active),
              text("tag", caller -> caller.texts().tag()),
              number("attention", caller -> caller.hand().attention()),
              time("attentionTime", caller -> caller.hand().sinceMs()),
              text("data", caller -> caller.texts().data()),
              text("notes", caller -> caller.texts().notes()),
              text("custom1", caller -> caller.texts().custom1()),
              text("custom2", caller -> caller.texts().custom2()),
              number("volume_in", caller -> caller.sound().volumeIn()),
              number("volume_out", caller -> caller.sound().volumeOut()),
              number("energy", caller -> caller.sound().energy()),
              pairs("custom", caller -> caller.texts().custom())),
          List.of(
              text("place", caller -> caller.seat().place().name()),
              flag("hold", caller -> caller.sound().hold()),
              flag("talking", Caller::talking),
              objects("tags", CALL_TAG, caller -> caller.texts().tags()),
              text("personUID", caller -> caller.identity().personUid()),
              text("email", caller -> caller.identity().email()),
              text("mutedBy", caller -> caller.sound().mutedBy()),
              text("reason", caller -> caller.presence().reason()),
              text("previousUID", caller -> caller.identity().previousUid())));

  /** Ours: a breakout that autoBreakout would make. */
  static final ObjectTable<GroupPlan.Group> GROUP =
      new ObjectTable<>(
          "Group",
          List.of(),
          List.of(text("name", GroupPlan.Group::name), uids("callers", GroupPlan.Group::callers)));

  /** Ours: what autoBreakout would do. */
  static final ObjectTable<GroupPlan> GROUP_PLAN =
      new ObjectTable<>(
          "GroupPlan",
          List.of(),
          List.of(
              number("seed", GroupPlan::seed),
              number("repeats", GroupPlan::repeats),
              objects("groups", GROUP, GroupPlan::groups)));

  static final ObjectTable<CallView> CALL =
      new ObjectTable<>("Call", callFields(), ourCallFields());

  static final ObjectTable<ConferenceView> CONFERENCE =
      new ObjectTable<>(
          "Conference",
          conferenceFields(),
          List.of(text("customText", of -> of.conference().texts().customText())));

  private ObjectTables() {}

  /** The names of all DateTime fields of objects that events are about. */
  static Set<String> momentsOfTargets() {
    return Stream.of(CALL, CALLER, BREAKOUT, CALL_TAG, CONFERENCE)
        .flatMap(table -> Stream.concat(table.printed().stream(), table.ours().stream()))
        .filter(field -> field.kind() == FieldKind.TIME)
        .map(Field::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Field<CallView>> callFields() {
    return List.of(
        text("UID", of -> of.call().uid()),
        text("Name", of -> of.call().texts().name()),
        time("actualStartTime", of -> of.call().startMs()),
        time("actualEndTime", of -> of.call().endMs()),
        text("status", of -> of.call().active() ? "ACTIVE" : "CLOSED"),
        text("notes", of -> of.call().texts().notes()),
        text("conferenceUID", of -> of.call().conferenceUid()),
        number("socketXML", of -> of.facts().socketXml()),
        uids("callers", of -> of.call().callers()),
        uids("breakouts", of -> of.call().breakouts()),
        text("data", of -> of.call().texts().data()),
        text("server", of -> of.facts().server()),
        text("serverConferenceUID", of -> of.call().uid()),
        time("currentTime", CallView::nowMs),
        flag("talking", of -> of.call().flags().talking()),
        flag("greenroom", of -> of.call().flags().greenroom()),
        objects("tags", CALL_TAG, of -> of.call().tags()),
        objects("settings", ROLE_FLAG, of -> of.call().settings()),
        flag("backgroundMusic", of -> of.call().flags().backgroundMusic()),
        text("link", of -> of.call().texts().link()),
        text("message", of -> of.call().texts().message()),
        text("feedback", of -> of.call().texts().feedback()),
        flag("enableFeedback", of -> of.call().flags().enableFeedback()),
        flag("enableBroadcast", of -> of.call().flags().enableBroadcast()),
        pairs("custom", of -> of.call().texts().custom()));
  }

  private static List<Field<CallView>> ourCallFields() {
    return List.of(
        text("name", of -> of.call().texts().name()),
        text("customText", of -> of.call().texts().customText()),
        flag("entryway", of -> of.call().flags().entryway()),
        flag("lockMute", of -> of.call().flags().lockMute()),
        flag("locked", of -> of.call().flags().locked()),
        text("floorUID", of -> of.call().floorUid()),
        time("breakoutEndTime", of -> of.call().breakoutEndMs()),
        number("seq", CallView::seq));
  }

  private static List<Field<ConferenceView>> conferenceFields() {
    return List.of(
        text("UID", of -> of.conference().uid()),
        text("name", of -> of.conference().name()),
        time("scheduledStartTime", ConferenceView::scheduledStartMs),
        time("scheduledEndTime", ConferenceView::scheduledEndMs),
        text("customer", of -> of.conference().customerUid()),
        text("status", of -> of.status().name()),
        text("data", of -> of.conference().texts().data()),
        uids("persons", ConferenceView::persons),
        objects("audio", AUDIO, of -> of.conference().audio()),
        text("DID", of -> of.conference().did()),
        flag("recording", of -> false),
        text("notes", of -> of.conference().texts().notes()),
        text("activeCallUID", of -> of.conference().activeCallUid()),
        text("mainCallUID", of -> of.conference().activeCallUid()),
        uids("calls", of -> activeCalls(of.conference().activeCallUid())),
        objects("tags", CONFERENCE_TAG, of -> of.conference().tags()),
        objects("setting", ROLE_FLAG, of -> of.conference().defaults().settings()),
        flag("largeCall", of -> of.conference().defaults().largeCall()),
        flag("placeCall", of -> of.conference().defaults().placeCall()),
        pairs("custom", of -> of.conference().texts().custom()));
  }

  private static List<String> activeCalls(final String uid) {
    return uid.isEmpty() ? List.of() : List.of(uid);
  }
}
