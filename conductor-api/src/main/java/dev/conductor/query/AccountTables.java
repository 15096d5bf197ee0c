package dev.conductor.query;

import static dev.conductor.query.Field.flag;
import static dev.conductor.query.Field.number;
import static dev.conductor.query.Field.text;
import static dev.conductor.query.Field.time;
import static dev.conductor.query.Field.uids;

import dev.conductor.model.Booking;
import dev.conductor.model.Customer;
import dev.conductor.model.PageText;
import dev.conductor.model.Person;
import dev.conductor.model.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects of the Conference Management API, one table each: those of the Conductor API with
 * what only the customer may see. Immutable; any thread.
 */
final class AccountTables {
  static final ObjectTable<Reservation> RESERVATION =
      new ObjectTable<>(
          "Reservation",
          List.of(),
          List.of(
              text("UID", Reservation::uid),
              time("startDate", Reservation::startMs),
              time("endDate", Reservation::endMs),
              number("duration", Reservation::minutes),
              number("estimatedCallers", Reservation::estimatedCallers)));

  static final ObjectTable<Customer> CUSTOMER =
      new ObjectTable<>("AccountCustomer", ObjectTables.CUSTOMER.printed(), ourCustomerFields());

  static final ObjectTable<AccountView> CONFERENCE =
      new ObjectTable<>("AccountConference", conferenceFields(), ourConferenceFields());

  private AccountTables() {}

  /** A person, and the number to dial with his PIN. */
  static ObjectTable<Person> person(final String callInNumber) {
    return new ObjectTable<>(
        "AccountPerson",
        ObjectTables.PERSON.printed(),
        List.of(text("callInNumber", person -> callInNumber)));
  }

  private static List<Field<Customer>> ourCustomerFields() {
    final List<Field<Customer>> fields = new ArrayList<>();
    fields.add(text("timeZone", Customer::zoneId));
    for (final PageText kind : PageText.values()) {
      if (kind != PageText.CONTACT_EMAIL && kind != PageText.REGISTER_TEXT) {
        fields.add(text(kind.wireName(), customer -> customer.page().get(kind)));
      }
    }
    return fields;
  }

  /** As the Conductor API has them, but for what host and server mean by two of them. */
  private static List<Field<AccountView>> conferenceFields() {
    return ObjectTables.CONFERENCE.printed().stream()
        .map(
            field ->
                switch (field.name()) {
                  case "recording" ->
                      AccountTables.<AccountView>named(
                          flag(field.name(), view -> booking(view).recording()));
                  case "calls" ->
                      AccountTables.<AccountView>named(uids(field.name(), AccountView::calls));
                  default -> of(field);
                })
        .toList();
  }

  private static <T> Field<T> named(final Field<T> field) {
    return field;
  }

  private static Field<AccountView> of(final Field<ConferenceView> field) {
    return new Field<>(
        field.name(),
        field.kind(),
        field.items(),
        (out, dates, view) -> field.writer().write(out, dates, view.of()));
  }

  private static List<Field<AccountView>> ourConferenceFields() {
    final List<Field<AccountView>> fields = new ArrayList<>();
    ObjectTables.CONFERENCE.ours().forEach(field -> fields.add(of(field)));
    fields.add(text("securityToken", view -> view.of().conference().securityToken()));
    fields.add(text("readOnlyToken", view -> booking(view).readOnlyToken()));
    fields.add(flag("greenroom", view -> view.of().conference().defaults().greenroom()));
    fields.add(
        flag("backgroundMusic", view -> view.of().conference().defaults().backgroundMusic()));
    fields.add(flag("reservationless", view -> booking(view).isReservationless()));
    fields.add(
        uids(
            "reservations",
            view -> booking(view).reservations().stream().map(Reservation::uid).toList()));
    Stream.of(PageText.values())
        .filter(kind -> kind != PageText.AFFILIATE_CODE)
        .forEach(kind -> fields.add(text(kind.wireName(), view -> booking(view).page().get(kind))));
    return fields;
  }

  private static Booking booking(final AccountView view) {
    return view.of().conference().booking();
  }
}
