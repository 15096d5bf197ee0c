package dev.conductor.query;

import dev.conductor.model.Belongings;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Customer;
import dev.conductor.model.Person;
import dev.conductor.model.Reservation;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Writes the answers of the Conference Management API, each in its envelope. Dates are in the
 * customer's zone. Any thread; immutable; allocates the document.
 */
public final class AccountRenderer {
  private static final String VALUE = "value";

  private final Renderer renderer;

  /**
   * A renderer.
   *
   * @param renderer knows the time and the server
   */
  public AccountRenderer(final Renderer renderer) {
    this.renderer = renderer;
  }

  /** The zone a customer's dates are in. */
  public static ZoneId zone(final Customer customer) {
    try {
      return ZoneId.of(customer.zoneId());
    } catch (final DateTimeException unknown) {
      return Renderer.DEFAULT_ZONE;
    }
  }

  /** A customer. */
  public String customer(final Customer customer, final View view) {
    return Envelope.of(view.format(), dates(customer, view), AccountTables.CUSTOMER, customer);
  }

  /**
   * A conference.
   *
   * @param all what belongs to it, as the store has it
   */
  public String conference(final ConferenceSnapshot of, final Belongings all, final View view) {
    return Envelope.of(
        view.format(), dates(of.customer(), view), AccountTables.CONFERENCE, account(of, all));
  }

  /**
   * A conference with its persons and reservations.
   *
   * @param persons its persons, as the store has them
   * @param calls UIDs of its calls
   */
  public String conferenceData(
      final ConferenceSnapshot of,
      final List<Person> persons,
      final List<String> calls,
      final View view) {
    final Dates dates = dates(of.customer(), view);
    final Shape out = Envelope.begin(view.format(), Envelope.OK, "");
    out.beginObject(VALUE);
    final Belongings all = new Belongings(persons.stream().map(Person::uid).toList(), calls);
    AccountTables.CONFERENCE.writeFields(out, dates, account(of, all));
    AccountTables.person(of.conference().did()).writeList(out, dates, "person", persons);
    AccountTables.RESERVATION.writeList(
        out, dates, "reservation", of.conference().booking().reservations());
    out.endObject();
    return out.finish();
  }

  /**
   * Several conferences of one customer.
   *
   * @param theirs what belongs to each, by its UID
   */
  public String conferences(
      final Customer customer,
      final List<ConferenceSnapshot> all,
      final Map<String, Belongings> theirs,
      final View view) {
    final Shape out = Envelope.begin(view.format(), Envelope.OK, "");
    out.beginObject(VALUE);
    AccountTables.CONFERENCE.writeList(
        out,
        dates(customer, view),
        "conference",
        all.stream()
            .map(of -> account(of, theirs.getOrDefault(of.conference().uid(), Belongings.NONE)))
            .toList());
    out.endObject();
    return out.finish();
  }

  /** A reservation. */
  public String reservation(final Customer customer, final Reservation of, final View view) {
    return Envelope.of(view.format(), dates(customer, view), AccountTables.RESERVATION, of);
  }

  /**
   * A person.
   *
   * @param callInNumber the number to dial with his PIN
   */
  public String person(final Person person, final String callInNumber, final View view) {
    return Envelope.of(view.format(), Dates.iso(), AccountTables.person(callInNumber), person);
  }

  /**
   * What a command made or changed.
   *
   * @param shown a record of the model other than a conference, null for nothing
   */
  public String shown(final Customer customer, final Object shown, final View view) {
    if (shown instanceof Customer changed) {
      return customer(changed, view);
    }
    if (shown instanceof Reservation reservation) {
      return reservation(customer, reservation, view);
    }
    if (shown instanceof Person person) {
      return person(person, customer.did(), view);
    }
    if (shown instanceof ConferenceTag tag) {
      return Envelope.of(view.format(), Dates.iso(), ObjectTables.CONFERENCE_TAG, tag);
    }
    if (shown != null) {
      throw new IllegalStateException("no way to show a " + shown.getClass().getSimpleName());
    }
    final Shape out = Envelope.begin(view.format(), Envelope.OK, "");
    out.beginObject(VALUE);
    out.endObject();
    return out.finish();
  }

  private AccountView account(final ConferenceSnapshot of, final Belongings all) {
    return new AccountView(
        renderer.conferenceView(of.conference(), all.persons()),
        all.withCall(of.conference().activeCallUid()).calls());
  }

  private static Dates dates(final Customer customer, final View view) {
    return view.isoDates() ? Dates.iso() : Dates.printed(zone(customer));
  }
}
