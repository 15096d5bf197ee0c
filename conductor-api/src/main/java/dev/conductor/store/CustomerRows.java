package dev.conductor.store;

import dev.conductor.model.Customer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Customers as rows. The store's thread, in its transaction. */
final class CustomerRows {
  private CustomerRows() {}

  /** Inserts or replaces. */
  static void save(final Handle handle, final Customer customer) {
    handle.execute(
        "INSERT INTO customer (uid, name, status, did, zone_id, recording, greenroom,"
            + " background_music, place_call, contact_emails, key_hash)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (uid) DO UPDATE SET name = excluded.name, status = excluded.status,"
            + " did = excluded.did, zone_id = excluded.zone_id, recording = excluded.recording,"
            + " greenroom = excluded.greenroom, background_music = excluded.background_music,"
            + " place_call = excluded.place_call, contact_emails = excluded.contact_emails,"
            + " key_hash = excluded.key_hash",
        customer.uid(),
        customer.name(),
        customer.status(),
        customer.did(),
        customer.zoneId(),
        customer.recording(),
        customer.greenroom(),
        customer.backgroundMusic(),
        customer.placeCall(),
        customer.contactEmails(),
        customer.keyHash());
    CustomRows.replace(handle, CustomRows.CUSTOMER, customer.uid(), customer.custom());
    CustomRows.replacePage(handle, CustomRows.CUSTOMER, customer.uid(), customer.page());
  }

  /** Every customer, by UID. */
  static List<Customer> load(final Handle handle) {
    return handle
        .createQuery("SELECT * FROM customer ORDER BY uid")
        .map((row, context) -> customer(handle, row))
        .list();
  }

  private static Customer customer(final Handle handle, final ResultSet row) throws SQLException {
    final String uid = row.getString("uid");
    return new Customer(
        uid,
        row.getString("name"),
        row.getString("status"),
        row.getString("did"),
        row.getString("zone_id"),
        row.getBoolean("recording"),
        row.getBoolean("greenroom"),
        row.getBoolean("background_music"),
        row.getBoolean("place_call"),
        row.getString("contact_emails"),
        CustomRows.load(handle, CustomRows.CUSTOMER, uid),
        row.getString("key_hash"),
        CustomRows.loadPage(handle, CustomRows.CUSTOMER, uid));
  }
}
