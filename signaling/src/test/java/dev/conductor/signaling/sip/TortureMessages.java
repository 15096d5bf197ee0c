package dev.conductor.signaling.sip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages meant to break a server, from {@code torture/*.txt} of the test resources: the cases of
 * RFC 4475 and RFC 5118 in messages of our own, and what may be answered to each.
 *
 * @param right statuses; empty where nothing may be answered
 * @param silent whether nothing may be answered as well
 * @param bytes the message
 */
record TortureMessages(Set<Integer> right, boolean silent, byte[] bytes) {
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

  /** All of one file, by name. */
  static Map<String, TortureMessages> read(final String file) throws IOException {
    final Map<String, TortureMessages> messages = new LinkedHashMap<>();
    String[] head = null;
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (final String line : Files.readAllLines(Path.of("src/test/resources/torture", file))) {
      if (line.startsWith(">>>")) {
        if (head != null) {
          messages.put(head[1], of(head, bytes.toByteArray()));
        }
        head = line.split(" ");
        bytes.reset();
      } else if (head != null) {
        bytes.write(unescaped(line));
        bytes.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    return messages;
  }

  private static TortureMessages of(final String[] head, final byte[] bytes) {
    final Set<Integer> right = new TreeSet<>();
    boolean silent = false;
    for (final String word : List.of(head).subList(2, head.length)) {
      if (word.equals("-")) {
        silent = true;
      } else {
        right.add(Integer.valueOf(word));
      }
    }
    return new TortureMessages(right, silent, bytes);
  }

  private static byte[] unescaped(final String line) {
    final Matcher matcher = BYTE.matcher(line);
    final String text =
        matcher.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
