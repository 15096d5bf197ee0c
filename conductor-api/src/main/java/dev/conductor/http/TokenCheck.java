package dev.conductor.http;

import dev.conductor.model.CallSnapshot;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Snapshots;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Says whether a token opens a call or conference. No token, a wrong one and an unknown UID are one
 * and the same answer, found in the same time. Any thread; immutable.
 */
final class TokenCheck {
  /** Compared with where there is no conference, so that this takes as long. */
  private static final String NOBODYS = "0123456789abcdef0123456789abcdef";

  private final Snapshots snapshots;

  /**
   * A check.
   *
   * @param snapshots where conferences and calls are found
   */
  TokenCheck(final Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * What the token opens.
   *
   * @param anchor which UID counts where both are there
   * @param callUid empty for none
   * @param conferenceUid empty for none
   * @param token empty for none
   * @param kept the record of the call, where memory does not have it
   * @throws Refusal 403 when it opens nothing; a parameter's when no UID is there
   */
  TokenScope check(
      final Anchor anchor,
      final String callUid,
      final String conferenceUid,
      final String token,
      final Optional<CallSnapshot> kept) {
    if (callUid.isEmpty() && conferenceUid.isEmpty()) {
      throw Refusal.parameter(anchor.parameter(), "missing");
    }
    final boolean byCall = isByCall(anchor, callUid, conferenceUid);
    final Optional<CallSnapshot> named =
        byCall ? snapshots.call(callUid).or(() -> kept) : Optional.empty();
    final Optional<ConferenceSnapshot> conference =
        snapshots.conference(byCall ? conferenceOf(named, callUid) : conferenceUid);
    final boolean opensAll = opens(conference.map(of -> of.conference().securityToken()), token);
    final boolean opensReads =
        opens(conference.map(of -> of.conference().booking().readOnlyToken()), token);
    if (conference.isEmpty() || !opensAll && !opensReads) {
      throw Refusal.token(anchor);
    }
    return new TokenScope(conference.get(), byCall ? named : mainCall(conference.get()), !opensAll);
  }

  /** The call that is named and in memory no longer, if it ever was; empty for none. */
  String callOfRecord(final Anchor anchor, final String callUid, final String conferenceUid) {
    return isByCall(anchor, callUid, conferenceUid) && snapshots.call(callUid).isEmpty()
        ? callUid
        : "";
  }

  private static boolean isByCall(
      final Anchor anchor, final String callUid, final String conferenceUid) {
    return anchor == Anchor.CALL ? !callUid.isEmpty() : conferenceUid.isEmpty();
  }

  private String conferenceOf(final Optional<CallSnapshot> named, final String callUid) {
    return named
        .map(of -> of.call().conferenceUid())
        .or(() -> snapshots.conferenceOfFormerCall(callUid))
        .orElse("");
  }

  private Optional<CallSnapshot> mainCall(final ConferenceSnapshot conference) {
    final String uid = conference.conference().activeCallUid();
    return uid.isEmpty() ? Optional.empty() : snapshots.call(uid);
  }

  private static boolean opens(final Optional<String> expected, final String token) {
    final String known = expected.orElse("");
    final boolean same = equal(known.isEmpty() ? NOBODYS : known, token);
    return same && !known.isEmpty();
  }

  private static boolean equal(final String expected, final String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
