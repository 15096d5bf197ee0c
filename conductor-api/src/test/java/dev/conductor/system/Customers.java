package dev.conductor.system;

import dev.conductor.demo.DemoConference;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Custom;
import dev.conductor.model.Customer;
import dev.conductor.model.PageTexts;
import dev.conductor.model.SecretHash;
import java.security.SecureRandom;
import java.util.List;

/** Customers beside the demo's, with its key. */
final class Customers {
  private Customers() {}

  /** An empty conference of a customer of this UID and zone, who has no number. */
  static ConferenceSeed conference(final String customerUid, final String zone) {
    final Conference like = DemoConference.seed().conference();
    final Customer customer =
        new Customer(
            customerUid,
            "Customer " + customerUid,
            "ACTIVE",
            "",
            zone,
            false,
            false,
            false,
            false,
            "",
            Custom.none(),
            SecretHash.of(DemoConference.CUSTOMER_KEY, new SecureRandom()),
            PageTexts.NONE);
    return new ConferenceSeed(
        new Conference(
            "OF" + customerUid,
            customerUid,
            "First",
            "",
            List.of(),
            "token",
            zone,
            like.status(),
            like.defaults(),
            like.texts(),
            List.of(),
            List.of(),
            "",
            Booking.NONE),
        customer,
        List.of());
  }
}
