package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.api.PhoneNumbers;
import dev.conductor.signaling.trunk.Trunk;
import dev.conductor.signaling.trunk.Trunks;
import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.ExtensionHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderAddress;
import javax.sip.header.ToHeader;

/**
 * Who calls whom, as an INVITE says: the number dialled by the Request-URI, To or Diversion (RFC
 * 5806); the caller's by P-Asserted-Identity (RFC 3325) or Remote-Party-ID of trunks, by From
 * otherwise; nobody where he asks for privacy (RFC 3323). Any thread; immutable.
 */
final class CallerIdentity {
  private static final AddressFactoryImpl ADDRESSES = new AddressFactoryImpl();
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)?<[^<>]+>");
  private static final Pattern SHOWN_NOT =
      Pattern.compile(";\\s*privacy\\s*=\\s*\"?(full|uri)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> HIDING = Set.of("id", "user", "header");
  private static final Map<String, String> ESCAPES = Map.of("%2B", "+", "%2A", "*", "%23", "#");
  private static final Pattern ESCAPED = Pattern.compile("%2B|%2A|%23", Pattern.CASE_INSENSITIVE);

  private final Trunks trunks;
  private final String didFrom;

  CallerIdentity(final SipConfig config, final Trunks trunks) {
    this.trunks = trunks;
    this.didFrom = config.numbers().didFrom();
  }

  /**
   * What was read.
   *
   * @param trunk the peer's name where it is one we know; empty otherwise
   * @param dialled the number dialled, without the PIN
   * @param pin what a trunk dialled behind the number and a star; empty for none. Never logged
   * @param ani the caller's number; empty for unknown
   * @param displayName empty for none
   */
  record Identity(String trunk, String dialled, String pin, String ani, String displayName) {
    @Override
    public String toString() {
      return "Identity[trunk=" + trunk + ", dialled=" + dialled + "]";
    }
  }

  /** Reads an INVITE that came from there. */
  Identity read(final SIPRequest invite, final InetAddress source) {
    final Optional<Trunk> trunk = trunks.ofSource(source);
    final String dialled = dialled(invite, trunk);
    final int star = dialled.indexOf('*');
    final boolean direct =
        star > 0
            && trunk.isPresent()
            && trunk.get().config().directEntry()
            && dialled.substring(star + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    final Address caller = trunk.isPresent() ? asserted(invite) : from(invite);
    final boolean anonymous = isPrivate(invite) || isAnonymous(from(invite)) || isAnonymous(caller);
    return new Identity(
        trunk.map(Trunk::name).orElse(""),
        direct ? dialled.substring(0, star) : dialled,
        direct ? dialled.substring(star + 1) : "",
        anonymous ? "" : user(caller.getURI()),
        anonymous ? "" : name(caller, from(invite)));
  }

  /** What was dialled, empty for nobody; null when the scheme is none of ours. */
  static String dialled(final URI uri) {
    return isNumbered(uri) ? user(uri) : null;
  }

  private static boolean isNumbered(final URI uri) {
    return uri instanceof SipURI || uri instanceof TelURL;
  }

  private String dialled(final SIPRequest invite, final Optional<Trunk> trunk) {
    final String own = trunk.map(known -> known.config().didFrom()).orElse("");
    final Address other =
        switch (own.isEmpty() ? didFrom : own) {
          case "TO" -> ((ToHeader) invite.getHeader(ToHeader.NAME)).getAddress();
          case "DIVERSION" -> last(addresses(invite, "Diversion"));
          default -> null;
        };
    final String found = other == null ? null : dialled(other.getURI());
    return found == null || found.isEmpty() ? dialled(invite.getRequestURI()) : found;
  }

  /** The first number among those the trunk vouches for; From where it vouches for none. */
  private static Address asserted(final SIPRequest invite) {
    for (final String header : List.of("P-Asserted-Identity", "Remote-Party-ID")) {
      for (final Address address : addresses(invite, header)) {
        if (isNumbered(address.getURI()) && !user(address.getURI()).isEmpty()) {
          return address;
        }
      }
    }
    return from(invite);
  }

  private static Address from(final SIPRequest invite) {
    return ((FromHeader) invite.getHeader(FromHeader.NAME)).getAddress();
  }

  /** The addresses of a header, whether the stack knows it or keeps it as text. */
  private static List<Address> addresses(final SIPRequest invite, final String header) {
    return Messages.all(invite, header).stream().flatMap(found -> parsed(found).stream()).toList();
  }

  private static List<Address> parsed(final Header header) {
    if (header instanceof HeaderAddress known) {
      return List.of(known.getAddress());
    }
    if (!(header instanceof ExtensionHeader other) || SHOWN_NOT.matcher(other.getValue()).find()) {
      return List.of();
    }
    final List<Address> found = new ArrayList<>();
    final Matcher bracketed = ADDRESS.matcher(other.getValue());
    while (bracketed.find()) {
      try {
        found.add(ADDRESSES.createAddress(bracketed.group()));
      } catch (final ParseException unreadable) {
        // Whoever wrote it vouches for nothing we could read.
      }
    }
    return found;
  }

  private static Address last(final List<Address> addresses) {
    return addresses.isEmpty() ? null : addresses.get(addresses.size() - 1);
  }

  /** RFC 3323, section 4.2, and RFC 3325, section 7; Remote-Party-ID says it as a parameter. */
  private static boolean isPrivate(final SIPRequest invite) {
    return Messages.all(invite, "Privacy").stream()
            .map(header -> header.toString().toLowerCase(Locale.ROOT).replaceFirst("^privacy:", ""))
            .flatMap(value -> Stream.of(value.split("[;,\\s]+")))
            .anyMatch(HIDING::contains)
        || Messages.all(invite, "Remote-Party-ID").stream()
            .anyMatch(header -> SHOWN_NOT.matcher(header.toString()).find());
  }

  private static boolean isAnonymous(final Address address) {
    return address.getURI() instanceof SipURI sip
        && ("anonymous.invalid".equalsIgnoreCase(sip.getHost())
            || "anonymous".equalsIgnoreCase(sip.getUser()));
  }

  private static String name(final Address caller, final Address from) {
    final Address named = caller.getDisplayName() == null ? from : caller;
    final String name = named.getDisplayName() == null ? "" : named.getDisplayName().strip();
    final boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  /** The number in a URI, without parameters and visual separators; empty for none. */
  private static String user(final URI uri) {
    if (uri instanceof TelURL tel) {
      return PhoneNumbers.bare((tel.isGlobal() ? "+" : "") + tel.getPhoneNumber());
    }
    final String user = uri instanceof SipURI sip ? sip.getUser() : null;
    if (user == null) {
      return "";
    }
    final int parameters = user.indexOf(';');
    return PhoneNumbers.bare(unescaped(parameters < 0 ? user : user.substring(0, parameters)));
  }

  /** What may stand escaped in a number: {@code %2B} is {@code +}. */
  private static String unescaped(final String user) {
    return ESCAPED
        .matcher(user)
        .replaceAll(escaped -> ESCAPES.get(escaped.group().toUpperCase(Locale.ROOT)));
  }
}
