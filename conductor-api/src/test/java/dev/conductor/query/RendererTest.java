package dev.conductor.query;

import static dev.conductor.query.Documents.children;
import static dev.conductor.query.Documents.json;
import static dev.conductor.query.Documents.text;
import static dev.conductor.query.Documents.xml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class RendererTest {
  private static final View JSON = new View(Format.JSON, false);
  private static final View ISO = new View(Format.JSON, true);
  private static final View XML = new View(Format.XML, false);
  private static final long NOW_MS = Samples.START_MS + 90_000;

  private static final List<Person> PERSONS = List.of(Samples.person("C1"));

  private final Renderer renderer =
      new Renderer(new ServerFacts("conf.example.org", 0), () -> NOW_MS);
  private final ConferenceSnapshot conference = Samples.conference("secret", "K1");

  @Test
  void shouldPutTheFieldsOfASingleReadOnValue() {
    final JsonNode answer = json(renderer.call(conference, Samples.call(42), JSON));
    assertThat(answer.get("code").intValue()).isZero();
    assertThat(answer.get("message").textValue()).isEmpty();
    final JsonNode call = answer.get("value");
    assertThat(call.get("UID").textValue()).isEqualTo("K1");
    assertThat(call.get("Name").textValue()).isEqualTo(call.get("name").textValue());
    assertThat(call.get("actualStartTime").textValue()).isEqualTo("Fri Oct 23 05:30:00 PDT 2015");
    assertThat(call.get("actualEndTime").textValue()).isEmpty();
    assertThat(call.get("currentTime").textValue()).isEqualTo("Fri Oct 23 05:31:30 PDT 2015");
    assertThat(call.get("status").textValue()).isEqualTo("ACTIVE");
    assertThat(call.get("server").textValue()).isEqualTo("conf.example.org");
    assertThat(call.get("serverConferenceUID").textValue()).isEqualTo("K1");
    assertThat(call.get("socketXML").isInt()).isTrue();
    assertThat(call.get("seq").longValue()).isEqualTo(42);
    assertThat(call.get("callers").toString()).isEqualTo("[\"A\",\"B\"]");
    assertThat(call.get("custom").toString()).isEqualTo("[{\"key\":\"k\",\"value\":\"v\"}]");
    assertThat(call.get("customText").textValue()).isEqualTo("text");
    assertThat(call.get("settings")).hasSize(3);
    assertThat(call.get("settings").get(0).toString())
        .isEqualTo("{\"role\":\"PARTICIPANT\",\"mike\":true,\"mute\":false,\"deaf\":false}");
    assertThat(call.get("tags").toString())
        .isEqualTo("[{\"ID\":3,\"value\":\"red\",\"conferenceTagId\":7}]");
  }

  @Test
  void shouldNestGetCallDataAndTellItsNumber() {
    final JsonNode value = json(renderer.callData(conference, Samples.call(42), JSON)).get("value");
    assertThat(value.get("call").get("UID").textValue()).isEqualTo("K1");
    assertThat(value.get("caller")).hasSize(2);
    assertThat(value.get("caller").get(1).get("breakout").textValue()).isEqualTo("G");
    assertThat(value.get("breakout").get(0).get("UID").textValue()).isEqualTo("G");
    assertThat(value.get("seq").longValue()).isEqualTo(42);
  }

  @Test
  void shouldKeepGetConferenceDataFlatBesideItsPersons() {
    final JsonNode value = json(renderer.conferenceData(conference, PERSONS, JSON)).get("value");
    assertThat(value.get("UID").textValue()).isEqualTo("C1");
    assertThat(value.get("customer").textValue()).isEqualTo("CUST");
    assertThat(value.get("persons").toString()).isEqualTo("[\"P1\"]");
    assertThat(value.get("person").get(0).get("PIN").textValue()).isEqualTo("100001");
    assertThat(value.get("person").get(0).get("tags").get(0).get("value").textValue())
        .isEqualTo("red");
    assertThat(value.get("custom").toString())
        .isEqualTo("[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"2\"}]");
  }

  @Test
  void shouldNeverShowTheToken() {
    assertThat(renderer.conference(conference, PERSONS, JSON)).doesNotContain("secret");
    assertThat(renderer.conferenceData(conference, PERSONS, XML)).doesNotContain("secret");
    assertThat(renderer.callData(conference, Samples.call(1), XML)).doesNotContain("secret");
  }

  @Test
  void shouldShowAConferenceAsActiveWhileItsCallIsUp() {
    final JsonNode up = json(renderer.conference(conference, PERSONS, JSON)).get("value");
    assertThat(up.get("status").textValue()).isEqualTo("ACTIVE");
    assertThat(up.get("activeCallUID").textValue()).isEqualTo("K1");
    assertThat(up.get("mainCallUID").textValue()).isEqualTo("K1");
    assertThat(up.get("calls").toString()).isEqualTo("[\"K1\"]");
    final JsonNode down =
        json(renderer.conference(Samples.conference("secret", ""), PERSONS, JSON)).get("value");
    assertThat(down.get("status").textValue()).isEqualTo("IDLE");
    assertThat(down.get("mainCallUID").textValue()).isEmpty();
    assertThat(down.get("calls").toString()).isEqualTo("[]");
  }

  @Test
  void shouldWriteNumbersAsNumbersAndPinsAsText() {
    final JsonNode caller =
        json(renderer.caller(conference, Samples.caller("A", Place.MAIN, ""), JSON)).get("value");
    assertThat(caller.get("volume_in").intValue()).isEqualTo(-2);
    assertThat(caller.get("volume_out").isInt()).isTrue();
    assertThat(caller.get("energy").isInt()).isTrue();
    assertThat(caller.get("attention").isInt()).isTrue();
    assertThat(caller.get("PIN").isTextual()).isTrue();
    assertThat(caller.get("mic").isBoolean()).isTrue();
    assertThat(caller.get("place").textValue()).isEqualTo("MAIN");
    assertThat(caller.get("attentionTime").textValue()).isEmpty();
  }

  @Test
  void shouldWriteCustomersSwitchesAsText() {
    final JsonNode customer = json(renderer.customer(conference, JSON)).get("value");
    assertThat(customer.get("recording").textValue()).isEqualTo("true");
    assertThat(customer.get("greenroom").textValue()).isEqualTo("false");
  }

  @Test
  void shouldWriteInstantsAndNullsWhenAskedForIsoDates() {
    final JsonNode call = json(renderer.call(conference, Samples.call(1), ISO)).get("value");
    assertThat(call.get("actualStartTime").textValue()).isEqualTo("2015-10-23T12:30:00.000Z");
    assertThat(call.get("actualEndTime").isNull()).isTrue();
    final Element root =
        xml(renderer.call(conference, Samples.call(1), new View(Format.XML, true)));
    assertThat(text(root, "value", "actualEndTime")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSayZeroWhileAGroupIsAssisted(final boolean isoDates) {
    final View view = new View(Format.JSON, isoDates);
    final JsonNode assisted =
        json(renderer.breakout(conference, Samples.breakout(0), view)).get("value");
    assertThat(assisted.get("lastAssistedTime").textValue()).isEqualTo("0");
    assertThat(assisted.get("assistedGroup").booleanValue()).isTrue();
    final JsonNode never =
        json(renderer.breakout(conference, Samples.breakout(Times.NONE), view)).get("value");
    assertThat(never.get("lastAssistedTime").isNull()).isEqualTo(isoDates);
    assertThat(never.get("lastAssistedTime").asText("")).isEmpty();
  }

  @Test
  void shouldRepeatTheElementOfAListAndLeaveOutAnEmptyOne() {
    final Element value =
        children(xml(renderer.callData(conference, Samples.call(9), XML)), "value").get(0);
    assertThat(children(value, "caller")).hasSize(2);
    final Element call = children(value, "call").get(0);
    assertThat(children(call, "callers")).extracting(Element::getTextContent).contains("A", "B");
    assertThat(children(call, "settings")).hasSize(3);
    assertThat(text(children(call, "settings").get(2), "role")).isEqualTo("PRESENTER");
    assertThat(text(call, "custom", "key")).isEqualTo("k");
    assertThat(text(call, "custom", "value")).isEqualTo("v");
    final String plain = renderer.customer(conference, XML);
    assertThat(plain).doesNotContain("<custom>").startsWith("<response><code>0</code><message/>");
  }

  @Test
  void shouldWriteAFailureWithAnEmptyValue() {
    final String failure = Envelope.failure(Format.XML, Envelope.PARAMETER, "UID: missing");
    assertThat(failure)
        .isEqualTo("<response><code>-2</code><message>UID: missing</message><value/></response>");
    assertThat(Envelope.failure(Format.JSON, Envelope.TOKEN, "x"))
        .isEqualTo("{\"code\":-5,\"message\":\"x\",\"value\":{}}");
  }

  @RepeatedTest(300)
  void shouldCarryAnyTextThroughBothFormats(final RepetitionInfo info) {
    final String sent = anyText(new SplittableRandom(info.getCurrentRepetition()));
    final var caller = Samples.caller("A", Place.MAIN, "", sent);
    final JsonNode fromJson = json(renderer.caller(conference, caller, JSON)).get("value");
    final Element fromXml = children(xml(renderer.caller(conference, caller, XML)), "value").get(0);
    for (final String field : List.of("tag", "data", "notes", "custom1", "custom2")) {
      assertThat(fromJson.get(field).textValue()).isEqualTo(sent);
      assertThat(text(fromXml, field)).isEqualTo(sent);
    }
    assertThat(fromJson.get("custom").get(0).get("key").textValue()).isEqualTo(sent);
    assertThat(text(fromXml, "custom", "value")).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u001b[2J", "\ud800", "x\udc00", "\uffff", "\u0008"})
  void shouldReplaceWhatNoFormatCanCarry(final String wild) {
    final var caller = Samples.caller("A", Place.MAIN, "", wild);
    final String seen = json(renderer.caller(conference, caller, JSON)).at("/value/tag").asText();
    assertThat(seen).contains("\ufffd").hasSameSizeAs(wild);
    assertThat(text(xml(renderer.caller(conference, caller, XML)), "value", "tag")).isEqualTo(seen);
  }

  /** Text of the pieces that break writers: markup, ends of lines, other planes. */
  private static String anyText(final SplittableRandom random) {
    final List<String> pieces =
        List.of(
            "<",
            ">",
            "&",
            "]]>",
            "<![CDATA[",
            "&amp;",
            "\"",
            "'",
            "\r",
            "\n",
            "\r\n",
            "\t",
            " ",
            "\\",
            "\\u0041",
            "é",
            "€",
            "\ud83d\ude00",
            "\u2028",
            "\u0085",
            "\ufffd",
            "a",
            "<b/>",
            "<!--",
            "</value>",
            "\u202e",
            "{}",
            "[");
    final List<String> chosen = new ArrayList<>();
    final int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      chosen.add(pieces.get(random.nextInt(pieces.size())));
    }
    return String.join("", chosen);
  }
}
