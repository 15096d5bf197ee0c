package dev.conductor.http;

import dev.conductor.command.HostChange;
import dev.conductor.command.HostChange.Wish;
import dev.conductor.model.PageText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of updateCustomer and updateConference. Any thread; immutable. */
final class HostFields {
  static final String FIELD = "field";
  static final String VALUE = "value";

  private static final String NOTES = "notes";
  private static final Map<Wish, String> WISHES =
      Map.of(
          Wish.GREENROOM, "greenroom",
          Wish.RECORDING, "recording",
          Wish.BACKGROUND_MUSIC, "backgroundMusic");

  /** Those of a customer. */
  static final HostFields CUSTOMER =
      new HostFields(
          false,
          PageText.CONTACT_EMAIL,
          PageText.AFFILIATE_CODE,
          PageText.REMINDER,
          PageText.PRE_CALL,
          PageText.POST_CALL,
          PageText.BANNER,
          PageText.CALLER_INTERFACE,
          PageText.REG_COMMENT);

  /** Those of a conference. */
  static final HostFields CONFERENCE =
      new HostFields(
          true,
          PageText.CONTACT_EMAIL,
          PageText.REGISTER_TEXT,
          PageText.REMINDER,
          PageText.CALLER_INTERFACE,
          PageText.PRE_CALL,
          PageText.POST_CALL,
          PageText.BANNER,
          PageText.REG_COMMENT);

  /** By name in lower case: what a value is made into. */
  private final Map<String, Function<String, HostChange>> makers = new TreeMap<>();

  private final List<String> names;

  private HostFields(final boolean hasNotes, final PageText... texts) {
    final List<String> wishes = WISHES.values().stream().sorted().toList();
    WISHES.forEach(
        (wish, name) ->
            makers.put(lower(name), value -> new HostChange.Flag(wish, Values.flag(VALUE, value))));
    for (final PageText kind : texts) {
      makers.put(
          lower(kind.wireName()),
          value -> new HostChange.Page(kind, Values.text(VALUE, value, Values.MAX_MESSAGE)));
    }
    if (hasNotes) {
      makers.put(
          NOTES, value -> new HostChange.Notes(Values.text(VALUE, value, Values.MAX_LONG_TEXT)));
    }
    this.names =
        Stream.of(
                wishes.stream(),
                Stream.of(texts).map(PageText::wireName),
                hasNotes ? Stream.of(NOTES) : Stream.<String>empty())
            .flatMap(Function.identity())
            .collect(Collectors.toUnmodifiableList());
  }

  private static String lower(final String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Their parameters. */
  List<Param> params() {
    return List.of(
        Param.required(FIELD, ParamType.WORD).about("The field to change.").oneOf(names),
        Param.optional(VALUE, ParamType.VALUE).about("Its new value; absent it is empty."));
  }

  /** What the parameters ask for; empty when there is no such field. */
  Optional<HostChange> change(final Parameters parameters) {
    final Function<String, HostChange> maker = makers.get(lower(parameters.get(FIELD)));
    return Optional.ofNullable(maker).map(known -> known.apply(parameters.text(VALUE)));
  }
}
