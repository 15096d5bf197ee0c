package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.DialWindow;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.Renderer;
import dev.conductor.query.ServerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private final Renderer renderer = new Renderer(new ServerFacts("s", 0), () -> 0L);
  private final FunctionTable table = FunctionTable.of(renderer);
  private final AccessTable access =
      AccessTable.of(
          new AccountRenderer(renderer),
          new AccountLimits(() -> 0L, DialWindow.EXACT, 5_000),
          new AccountContents((uid, to) -> false, (uids, to) -> false),
          new RecordFunctions(
              renderer,
              new AccountRenderer(renderer),
              (callUid, to, failed) -> false,
              (conferenceUid, personUid) -> new CompletableFuture<>()));
  private JsonNode file;

  @BeforeEach
  void read() throws Exception {
    file = new ObjectMapper().readTree(OpenApi.of(table, access));
  }

  @Test
  void shouldHaveEveryFunctionWithItsMethodsAndNoOther() {
    final TreeSet<String> paths = new TreeSet<>();
    file.path("paths").fieldNames().forEachRemaining(paths::add);
    final TreeSet<String> routed = new TreeSet<>();
    routed.add(EventsHandler.PATH);
    for (final DocumentedFunction function : OpenApi.all(table, access)) {
      final String path = function.path();
      routed.add(path);
      assertThat(file.path("paths").path(path).has("get")).isEqualTo(function.isRead());
      assertThat(file.path("paths").path(path).has("post")).isTrue();
    }
    assertThat(paths).isEqualTo(routed);
  }

  @Test
  void shouldHaveEveryParameter() {
    for (final DocumentedFunction function : OpenApi.all(table, access)) {
      final JsonNode form =
          file.path("paths")
              .path(function.path())
              .path("post")
              .path("requestBody")
              .path("content")
              .path("application/x-www-form-urlencoded")
              .path("schema");
      if (!function.takes().isEmpty()) {
        assertThat(file.path("paths").path(function.path()).path("post").path("parameters"))
            .as(function.name())
            .extracting(there -> there.path("name").asText() + there.path("description").asText())
            .containsExactlyElementsOf(
                function.params().stream().map(param -> param.name() + param.about()).toList());
        continue;
      }
      for (final Param param : function.params()) {
        final boolean numbered = param.name().endsWith("#");
        final String name =
            numbered ? "^" + param.name().replace("#", "[0-9]+") + "$" : param.name();
        final JsonNode there = form.path(numbered ? "patternProperties" : "properties").path(name);
        assertThat(there.path("description").asText())
            .as(function.name() + " " + param.name())
            .isEqualTo(param.about());
      }
    }
  }

  @Test
  void shouldKnowEveryWordAnEventMayHave() {
    final JsonNode event = file.at("/components/schemas/Event/properties");
    assertThat(event.at("/source/enum"))
        .extracting(JsonNode::asText)
        .contains(Stream.of(EventSource.values()).map(Enum::name).toArray(String[]::new));
    assertThat(event.at("/name/enum"))
        .extracting(JsonNode::asText)
        .contains(Stream.of(EventName.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void shouldPointOnlyToWhatIsThere() {
    final List<JsonNode> pointers = file.findValues("$ref");
    assertThat(pointers).isNotEmpty();
    assertThat(pointers)
        .allSatisfy(
            pointer ->
                assertThat(file.at(pointer.asText().substring(1)).isObject())
                    .as(pointer.asText())
                    .isTrue());
  }

  @Test
  void shouldNameEveryOperationOnce() {
    final List<String> ids = new ArrayList<>();
    file.path("paths")
        .forEach(
            path -> path.forEach(operation -> ids.add(operation.path("operationId").asText())));
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void shouldShowMarkupAsTextOnThePage() {
    assertThat(new Html().element("p", "<b>&\"").text()).isEqualTo("<p>&lt;b&gt;&amp;&quot;</p>\n");
  }

  @Test
  void shouldHaveAPlaceForEveryFunctionOnThePage() {
    final String page = ReferencePage.of(table, access);
    assertThat(OpenApi.all(table, access))
        .allSatisfy(
            function -> assertThat(page).contains("<h3 id=\"" + function.operationId() + "\">"));
    assertThat(page).doesNotContain("http-equiv").doesNotContain("src=").doesNotContain("@import");
  }
}
