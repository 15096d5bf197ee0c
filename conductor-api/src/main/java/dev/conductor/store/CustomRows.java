package dev.conductor.store;

import dev.conductor.model.PageText;
import dev.conductor.model.PageTexts;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Key and value pairs of any object, as rows. The store's thread. */
final class CustomRows {
  static final String CUSTOMER = "customer";
  static final String CONFERENCE = "conference";
  static final String PERSON = "person";
  static final String CALL = "call";
  static final String CALLER = "caller";
  private static final String PAGE = "-page";

  private CustomRows() {}

  static void replace(
      final Handle handle,
      final String ownerType,
      final String ownerUid,
      final SortedMap<String, String> pairs) {
    delete(handle, ownerType, ownerUid);
    if (pairs.isEmpty()) {
      return;
    }
    final PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO custom_value (owner_type, owner_uid, name, content)"
                + " VALUES (?, ?, ?, ?)");
    for (final Map.Entry<String, String> pair : pairs.entrySet()) {
      rows.add(ownerType, ownerUid, pair.getKey(), pair.getValue());
    }
    rows.execute();
  }

  static void delete(final Handle handle, final String ownerType, final String ownerUid) {
    handle.execute(
        "DELETE FROM custom_value WHERE owner_type = ? AND owner_uid = ?", ownerType, ownerUid);
  }

  static SortedMap<String, String> load(
      final Handle handle, final String ownerType, final String ownerUid) {
    final SortedMap<String, String> pairs = new TreeMap<>();
    handle
        .select(
            "SELECT name, content FROM custom_value WHERE owner_type = ? AND owner_uid = ?",
            ownerType,
            ownerUid)
        .map((row, context) -> Map.entry(row.getString("name"), row.getString("content")))
        .forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
    return pairs;
  }

  /** Puts the texts for an object's pages in place of the old ones. */
  static void replacePage(
      final Handle handle, final String ownerType, final String ownerUid, final PageTexts page) {
    final SortedMap<String, String> pairs = new TreeMap<>();
    page.byKind().forEach((kind, text) -> pairs.put(kind.wireName(), text));
    replace(handle, ownerType + PAGE, ownerUid, pairs);
  }

  static PageTexts loadPage(final Handle handle, final String ownerType, final String ownerUid) {
    final SortedMap<String, String> pairs = load(handle, ownerType + PAGE, ownerUid);
    final Map<PageText, String> byKind = new EnumMap<>(PageText.class);
    for (final PageText kind : PageText.values()) {
      byKind.put(kind, pairs.getOrDefault(kind.wireName(), ""));
    }
    return new PageTexts(byKind);
  }
}
