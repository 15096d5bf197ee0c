package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.PersonChange;
import dev.conductor.command.PersonChange.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The writes on persons. Any thread. */
final class PersonFunctions {
  private static final String CONFERENCE = "conference";
  private static final String PERSON = "person";
  private static final String ROLE = "role";
  private static final String TAGS = "tags";
  private static final String SHOWN = "AccountPerson";

  /** By wire name; notes and custom fields may be longer than the others. */
  private static final Map<String, Text> TEXTS =
      Map.of(
          "name", Text.NAME,
          "email", Text.EMAIL,
          "notes", Text.NOTES,
          "custom1", Text.CUSTOM1,
          "custom2", Text.CUSTOM2);

  private PersonFunctions() {}

  /** Their rows. */
  static List<AccessFunction> rows() {
    return List.of(addPerson(), updatePerson(), removePerson());
  }

  private static AccessFunction addPerson() {
    final List<Param> params = new ArrayList<>();
    params.add(Param.required(CONFERENCE, ParamType.UID).about("UID of the conference."));
    params.add(
        Param.required(ROLE, ParamType.WORD).about("What he enters as.").oneOf(Values.roles()));
    names()
        .forEach(
            name -> params.add(Param.optional(name, ParamType.TEXT).about("His " + name + ".")));
    return AccessFunction.Write.of(
            "addPerson",
            (origin, scope, parameters) -> {
              PersonChange person =
                  PersonChange.nothing().with(Values.role(ROLE, parameters.get(ROLE)));
              for (final String name : names().toList()) {
                if (parameters.find(name).isPresent()) {
                  person = person.with(TEXTS.get(name), text(name, name, parameters.get(name)));
                }
              }
              return new Command.AddPerson(
                  origin, scope.require(parameters, CONFERENCE).conference().uid(), person);
            },
            params.toArray(Param[]::new))
        .described(
            FunctionDoc.of(
                    "Adds somebody to a conference; the answer has his PIN and the number to dial.",
                    "conference={booked}",
                    "role=PARTICIPANT",
                    "name=Ann",
                    "email=ann@example.org")
                .answering(SHOWN));
  }

  private static AccessFunction updatePerson() {
    return AccessFunction.Write.of(
            "updatePerson",
            (origin, scope, parameters) ->
                new Command.UpdatePerson(
                    origin, scope.customer().uid(), parameters.get(PERSON), change(parameters)),
            Param.required(PERSON, ParamType.UID).about("UID of the person."),
            Param.required(HostFields.FIELD, ParamType.WORD)
                .about("The field to change; tags are all he is to have, comma-separated.")
                .oneOf(Stream.concat(names(), Stream.of(ROLE, TAGS)).toList()),
            Param.optional(HostFields.VALUE, ParamType.VALUE)
                .about("Its new value; absent it is empty."))
        .described(
            FunctionDoc.of(
                    "Changes one field of a person. Callers who are in keep what they entered with.",
                    "person={bookedPerson}",
                    "field=name",
                    "value=Anna")
                .answering(SHOWN));
  }

  private static PersonChange change(final Parameters parameters) {
    final String field = parameters.get(HostFields.FIELD).toLowerCase(Locale.ROOT);
    final String value = parameters.text(HostFields.VALUE);
    if (field.equals(ROLE)) {
      return PersonChange.nothing().with(Values.role(HostFields.VALUE, value));
    }
    if (field.equals(TAGS)) {
      return PersonChange.nothing()
          .withTags(
              Stream.of(value.split(",", -1))
                  .map(String::strip)
                  .filter(tag -> !tag.isEmpty())
                  .distinct()
                  .toList());
    }
    if (!TEXTS.containsKey(field)) {
      throw Refusal.parameter(
          HostFields.FIELD, "no such field " + Values.shown(parameters.get(HostFields.FIELD)));
    }
    return PersonChange.nothing().with(TEXTS.get(field), text(field, HostFields.VALUE, value));
  }

  private static AccessFunction removePerson() {
    return AccessFunction.Write.of(
            "removePerson",
            (origin, scope, parameters) ->
                new Command.RemovePerson(
                    origin,
                    scope.require(parameters, CONFERENCE).conference().uid(),
                    parameters.get(PERSON)),
            Param.required(CONFERENCE, ParamType.UID).about("UID of the conference."),
            Param.required(PERSON, ParamType.UID).about("UID of the person."))
        .described(
            FunctionDoc.of(
                    "Takes somebody out of a conference; if he is on the line he stays there.",
                    "conference={booked}",
                    "person={bookedPerson}")
                .answering(FunctionDoc.NOTHING));
  }

  private static Stream<String> names() {
    return TEXTS.keySet().stream().sorted();
  }

  private static String text(final String field, final String parameter, final String value) {
    final boolean isShort = field.equals("name") || field.equals("email");
    return Values.text(parameter, value, isShort ? Values.MAX_NAME : Values.MAX_LONG_TEXT);
  }
}
