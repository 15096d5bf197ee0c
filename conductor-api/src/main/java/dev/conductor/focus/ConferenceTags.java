package dev.conductor.focus;

import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tags of a conference: how they are found and made. Pure; any thread. */
final class ConferenceTags {
  /** Tags of one conference. */
  static final int MAX = 1_000;

  private ConferenceTags() {}

  /** The tag of this text, or else of this number. */
  static Optional<ConferenceTag> find(final Conference conference, final String wanted) {
    final List<ConferenceTag> all = conference.tags();
    final Optional<ConferenceTag> byText =
        all.stream().filter(tag -> tag.value().equals(wanted)).findFirst();
    return byText.isPresent()
        ? byText
        : all.stream().filter(tag -> Long.toString(tag.id()).equals(wanted)).findFirst();
  }

  /**
   * The conference with one tag more, which is its last.
   *
   * @return empty when it has {@value #MAX} already
   */
  static Optional<Conference> with(final Conference before, final String text) {
    if (before.tags().size() >= MAX) {
      return Optional.empty();
    }
    final long highest = before.tags().stream().mapToLong(ConferenceTag::id).max().orElse(0);
    final long id = 1 + Math.max(highest, before.booking().lastTagId());
    final List<ConferenceTag> tags = new ArrayList<>(before.tags());
    tags.add(new ConferenceTag(id, text));
    return Optional.of(before.withTags(tags).withBooking(before.booking().withLastTagId(id)));
  }

  /**
   * The conference with all tags that are named.
   *
   * @return empty when it cannot have so many
   */
  static Optional<Conference> withAll(final Conference before, final List<String> wanted) {
    Conference with = before;
    for (final String tag : wanted) {
      if (find(with, tag).isEmpty()) {
        final Optional<Conference> more = with(with, tag);
        if (more.isEmpty()) {
          return more;
        }
        with = more.get();
      }
    }
    return Optional.of(with);
  }
}
