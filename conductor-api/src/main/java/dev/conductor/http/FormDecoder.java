package dev.conductor.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Takes the parameters out of a request: query, form body or JSON body, and the bearer token. What
 * is not clean is refused, not mended: bytes that are no UTF-8, control characters, the same name
 * with two values. Any thread; immutable.
 */
final class FormDecoder {
  /** The parameter a bearer token counts as. */
  static final String TOKEN = "securityToken";

  private static final int MAX_NAME_CHARACTERS = 256;
  private static final String BEARER = "bearer ";
  private static final int MAX_JSON_DEPTH = 3;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
          .build();

  private final int maxParameters;

  /**
   * A decoder.
   *
   * @param maxParameters more are refused
   */
  FormDecoder(final int maxParameters) {
    this.maxParameters = maxParameters;
  }

  /** The parameters by name as sent, in order; refused when one is not clean. */
  Map<String, String> decode(final Request request) {
    final Sink sink = new Sink(maxParameters);
    form(ascii(request.query()), sink);
    if (request.body().length > 0) {
      body(request, sink);
    }
    final String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      sink.add(TOKEN, authorization.substring(BEARER.length()).strip());
    }
    return sink.found;
  }

  private void body(final Request request, final Sink sink) {
    final String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    final String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      throw Refusal.mediaType("Content-Encoding: not taken");
    }
    switch (media) {
      case "", "application/x-www-form-urlencoded" -> form(request.body(), sink);
      case "application/json" -> json(request.body(), sink);
      default ->
          throw Refusal.mediaType(
              "Content-Type: only application/x-www-form-urlencoded and application/json are taken");
    }
  }

  /** Names and values as HTML forms write them (WHATWG URL, section 5), but strictly. */
  private static void form(final byte[] bytes, final Sink sink) {
    int begin = 0;
    while (begin < bytes.length) {
      final int end = indexOf(bytes, '&', begin, bytes.length);
      if (end > begin) {
        final int equals = indexOf(bytes, '=', begin, end);
        final String name = sink.name(unescaped(bytes, begin, equals));
        final String value = unescaped(bytes, Math.min(equals + 1, end), end);
        if (value == null) {
          throw Refusal.parameter(name, "not UTF-8 in percent-encoding");
        }
        sink.add(name, value);
      }
      begin = end + 1;
    }
  }

  private static int indexOf(final byte[] bytes, final char wanted, final int from, final int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return end;
  }

  /** Null when an escape is cut or the bytes are no UTF-8. */
  private static String unescaped(final byte[] bytes, final int from, final int end) {
    final byte[] out = new byte[end - from];
    int length = 0;
    for (int i = from; i < end; i++) {
      if (bytes[i] == '%') {
        if (i + 2 >= end) {
          return null;
        }
        final int high = Character.digit((char) bytes[i + 1], 16);
        final int low = Character.digit((char) bytes[i + 2], 16);
        if (high < 0 || low < 0) {
          return null;
        }
        out[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        out[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return utf8(out, length);
  }

  /** Null when the bytes are no UTF-8. */
  private static String utf8(final byte[] bytes, final int length) {
    try {
      final ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (final CharacterCodingException notUtf8) {
      return null;
    }
  }

  /** A request target is ASCII; anything else has to be percent-encoded (RFC 3986, section 2). */
  private static byte[] ascii(final String query) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(query)) {
      throw Refusal.parameter("query", "not ASCII");
    }
    return query.getBytes(StandardCharsets.US_ASCII);
  }

  private static void json(final byte[] bytes, final Sink sink) {
    final String text = utf8(bytes, bytes.length);
    if (text == null) {
      throw Refusal.parameter("body", "not UTF-8");
    }
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.parameter("body", "not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        final String name = sink.name(parser.currentName());
        parser.nextToken();
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          sink.add(name, jsonValue(parser, name));
        }
      }
      if (parser.nextToken() != null) {
        throw Refusal.parameter("body", "something follows the JSON object");
      }
    } catch (final IOException notJson) {
      throw Refusal.parameter("body", "not valid JSON");
    }
  }

  private static String jsonValue(final JsonParser parser, final String name) throws IOException {
    if (parser.currentToken().isScalarValue()) {
      return parser.getText();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw Refusal.parameter(name, "an object is no value");
    }
    final StringJoiner items = new StringJoiner(",");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isScalarValue()) {
        throw Refusal.parameter(name, "a list of texts or numbers is wanted");
      }
      items.add(parser.getText());
    }
    return items.toString();
  }

  /** Gathers parameters and refuses what is not clean. Used by one thread. */
  private static final class Sink {
    private final Map<String, String> found = new LinkedHashMap<>();
    private final int maxParameters;
    private int count;

    Sink(final int maxParameters) {
      this.maxParameters = maxParameters;
    }

    /** A name that may be shown. */
    String name(final String name) {
      count++;
      if (count > maxParameters) {
        throw Refusal.parameter("parameters", "more than " + maxParameters);
      }
      if (name == null || unfit(name) != null || name.length() > MAX_NAME_CHARACTERS) {
        throw Refusal.parameter("parameter " + count, "its name is not one");
      }
      return name;
    }

    void add(final String name, final String value) {
      final String unfit = unfit(value);
      if (unfit != null) {
        throw Refusal.parameter(name, unfit);
      }
      final String before = found.putIfAbsent(name, value);
      if (before != null && !before.equals(value)) {
        throw Refusal.parameter(name, "given twice with different values");
      }
    }

    /** What is wrong with a text, null for nothing. */
    private static String unfit(final String text) {
      for (int i = 0; i < text.length(); i++) {
        final char c = text.charAt(i);
        if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
          return "control character " + codePoint(c);
        }
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(c) || c >= '\uFFFE') {
          return codePoint(c) + " is no character";
        }
      }
      return null;
    }

    private static String codePoint(final char c) {
      return String.format(Locale.ROOT, "U+%04X", (int) c);
    }
  }
}
