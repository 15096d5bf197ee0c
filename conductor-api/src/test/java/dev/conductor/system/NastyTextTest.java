package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.http.CommandRows;
import dev.conductor.query.Documents;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Text that breaks documents, headers, logs or statements elsewhere, in every parameter of every
 * command: what is answered TRUE reads back the same from XML and JSON; all else is one clear line.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class NastyTextTest {
  private static final List<String> TEXTS =
      List.of(
          "<b title=\"x\">&amp;&lt;</b>",
          "]]>",
          "<![CDATA[x]]>",
          "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>&b;",
          "<script>alert('x')</script>",
          "a\rb",
          "a\r\nSet-Cookie: x=1\r\n\r\n<html>",
          "a\tb\nc",
          "a\u0000b",
          "a\u0001\u001b[31m\u007f\u0085b",
          "a\u2028\u2029b",
          "\uFEFFa\u202eb",
          "a\uFFFEb",
          "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \u00e9\u4e2d",
          "\"'\\/{}[]:,",
          "%00%0d%0a+&=;#?",
          "'; DROP TABLE person; -- ${jndi:ldap://x} {{7*7}} %s %n",
          "  blanks before and behind  ",
          "x".repeat(300));

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @Test
  void shouldReadBackTheSameOrBeRefusedInOneLine() throws Exception {
    final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final Api api = server.api();
      final var phone = pool.phone("201");
      phone.dial(server.sip(), DemoConference.DID).thenRun(() -> phone.keys("100001#"));
      await().atMost(Duration.ofSeconds(30)).until(() -> api.activeCallers() == 1);
      final String caller = api.callerByNumber("201").path("UID").asText();
      assertThat(api.command("createBreakout", "callers", caller, "breakoutUID", "G"))
          .isEqualTo("TRUE");

      int kept = 0;
      int sent = 0;
      for (final CommandRows.Row row : CommandRows.all()) {
        for (final String text : TEXTS) {
          sent++;
          // Numbered, so that what is found is what was sent now.
          final String marked = sent + text + sent;
          final Map<String, String> parameters = new LinkedHashMap<>(row.others());
          parameters.replaceAll(
              (name, value) -> value.replace("{caller}", caller).replace("{breakout}", "G"));
          parameters.put(row.parameter(), marked);
          final HttpResponse<String> answer =
              sent % 2 == 0
                  ? api.post(row.function(), Api.withDemo(parameters))
                  : api.postJson(row.function(), Api.withDemo(parameters));
          assertClear(answer, row + " " + marked);
          if (answer.body().equals("TRUE") && !row.isPassing()) {
            kept++;
            assertReadsBack(api, marked, row.toString());
          }
        }
      }
      System.out.printf("%d texts sent, %d kept and read back%n", sent, kept);
      assertThat(kept).as("texts kept of %d", sent).isGreaterThan(150);
      assertThat(api.activeCallers()).isEqualTo(1);
      assertThat(api.metric("conductor_http_errors_total")).isZero();
      assertThat(api.metric("conductor_focus_faults_total")).isZero();
    } finally {
      root.detachAppender(log);
    }
    assertThat(
            log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(event -> event.getThrowableProxy() != null)
                .map(ILoggingEvent::getFormattedMessage)
                .toList())
        .isEmpty();
  }

  private static void assertClear(final HttpResponse<String> answer, final String asked) {
    assertThat(answer.statusCode()).as(asked).isEqualTo(200);
    assertThat(answer.headers().map()).as(asked).doesNotContainKeys("set-cookie", "injected");
    final String body = answer.body();
    if (!body.equals("TRUE")) {
      assertThat(body).as(asked).matches("FALSE,[A-Za-z0-9_-]+: .+");
      assertThat(body.chars().filter(Character::isISOControl).count()).as(asked).isZero();
    }
  }

  private static void assertReadsBack(final Api api, final String text, final String row) {
    boolean found = false;
    for (final String function : List.of("getCallData", "getConferenceData")) {
      final boolean inJson = isIn(api.read(function), text);
      final String document = api.post(function, Api.withDemo(Map.of())).body();
      assertThat(isIn(Documents.xml(document), text))
          .as("%s of %s in XML", text, row)
          .isEqualTo(inJson);
      found |= inJson;
    }
    assertThat(found).as("%s of %s", text, row).isTrue();
  }

  private static boolean isIn(final JsonNode node, final String text) {
    if (node.isTextual()) {
      return node.textValue().contains(text);
    }
    for (final JsonNode child : node) {
      if (isIn(child, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(final Element root, final String text) {
    final NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      final Element element = (Element) all.item(i);
      if (element.getElementsByTagName("*").getLength() == 0
          && element.getTextContent().contains(text)) {
        return true;
      }
    }
    return false;
  }
}
