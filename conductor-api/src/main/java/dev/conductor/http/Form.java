package dev.conductor.http;

import dev.conductor.command.Accepted;
import dev.conductor.query.Envelope;
import dev.conductor.query.Format;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The bodies of answers: TRUE and FALSE of commands, the envelope of questions. Any thread. */
final class Form {
  private static final int MAX_MESSAGE_BYTES = 8_192;
  private static final int MAX_IGNORED_CHARACTERS = 1_024;
  private static final String TRUE = "TRUE";
  private static final String FALSE = "FALSE,";
  private static final String CUT = "...";

  private Form() {}

  /** The answer to a command. */
  static Answer accepted(final Accepted accepted) {
    final int status = accepted.kind() == Accepted.Kind.CONFLICT ? 422 : 200;
    final Answer answer =
        accepted.isTrue() ? Answer.text(status, TRUE) : refused(status, accepted.message());
    if (accepted.seq() == 0) {
      return answer;
    }
    final Answer numbered =
        answer.plus(new Answer.Header("Conductor-Seq", Long.toString(accepted.seq())));
    return accepted.durable()
        ? numbered
        : numbered.plus(new Answer.Header("Conductor-Durable", "no"));
  }

  /** {@code FALSE,} and one line of at most 8 KiB. */
  static Answer refused(final int status, final String message) {
    return Answer.text(status, FALSE + oneLine(message));
  }

  /** The answer to a question. */
  static Answer document(final Format format, final String document) {
    return Answer.of(200, format.contentType(), document);
  }

  /** The answer to a refused command. */
  static Answer refusedWrite(final Refusal refusal) {
    return refused(refusal.status(), refusal.getMessage()).with(refusal.headers());
  }

  /** The answer to a refused question. */
  static Answer refusedRead(final Refusal refusal, final Format format) {
    final String body = Envelope.failure(format, refusal.code(), refusal.getMessage());
    return Answer.of(refusal.status(), format.contentType(), body).with(refusal.headers());
  }

  /** The answer with the names of parameters that were not looked at, where there are any. */
  static Answer naming(final List<String> ignored, final Answer answer) {
    if (ignored.isEmpty()) {
      return answer;
    }
    final StringBuilder names = new StringBuilder();
    for (final String name : ignored) {
      final String shown = token(name);
      if (names.length() + shown.length() > MAX_IGNORED_CHARACTERS) {
        names.append(", ").append(CUT);
        break;
      }
      names.append(names.isEmpty() ? "" : ", ").append(shown);
    }
    return answer.plus(new Answer.Header("Conductor-Ignored", names.toString()));
  }

  /** A name as a token of RFC 9110, section 5.6.2; what is none of it percent-encoded. */
  private static String token(final String name) {
    final StringBuilder out = new StringBuilder();
    for (final byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7F && (Character.isLetterOrDigit(b) || "-_.~".indexOf(b) >= 0)) {
        out.append((char) b);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
      }
    }
    return out.toString();
  }

  private static String oneLine(final String message) {
    final StringBuilder out = new StringBuilder(message.length());
    int bytes = 0;
    for (int i = 0; i < message.length(); ) {
      final int c = message.codePointAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > MAX_MESSAGE_BYTES - CUT.length()) {
        return out.append(CUT).toString();
      }
      out.appendCodePoint(Values.endsLine(c) ? ' ' : c);
      i += Character.charCount(c);
    }
    return out.toString();
  }
}
