package dev.conductor.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conductor.model.Belongings;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Person;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.Format;
import dev.conductor.query.ObjectShape;
import dev.conductor.query.Renderer;
import dev.conductor.query.SampleAnswers;
import dev.conductor.query.ServerFacts;
import dev.conductor.query.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The reference of the API as one page that needs nothing from elsewhere, made from the table that
 * routes the functions, the tables that write the objects, and the renderer itself. Any thread.
 */
public final class ReferencePage {
  /** Where it is to be had. */
  public static final String PATH = "/docs";

  /** What it is, for the header {@code Content-Type}. */
  public static final String CONTENT_TYPE = "text/html; charset=utf-8";

  private static final long SAMPLE_NOW_MS = 1_445_604_000_000L;
  private static final int SAMPLE_XML_PORT = 8081;
  private static final String STYLE =
      "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
          + "pre{background:#f4f4f4;padding:.7em;overflow-x:auto;font-size:13px}"
          + "table{border-collapse:collapse;margin:.6em 0}"
          + "td,th{border:1px solid #ccc;padding:.25em .6em;text-align:left;vertical-align:top}"
          + "h3{margin-top:2em;border-top:1px solid #ddd;padding-top:1em}nav a{margin-right:1em}";

  private final List<DocumentedFunction> functions;
  private final Html out = new Html();
  private final ObjectMapper json = new ObjectMapper();
  private final Renderer renderer =
      new Renderer(new ServerFacts("conference.example.org", SAMPLE_XML_PORT), () -> SAMPLE_NOW_MS);

  private final AccountRenderer accounts = new AccountRenderer(renderer);

  private ReferencePage(final List<DocumentedFunction> functions) {
    this.functions = functions;
  }

  /** The page's text. */
  public static String of(final FunctionTable table, final AccessTable access) {
    final ReferencePage page = new ReferencePage(OpenApi.all(table, access));
    page.begin();
    List.of("Information requests", "Command requests", "Beyond the document").forEach(page::group);
    page.management();
    List.of("Conference management, reads", "Conference management, writes").forEach(page::group);
    page.events();
    page.objects();
    return page.out.raw("</body></html>").text();
  }

  private void begin() {
    out.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .element("title", "Conductor API")
        .raw("<style>" + STYLE + "</style></head><body>")
        .element("h1", "Conductor API")
        .raw(
            "<nav><a href=\"#use\">Use</a><a href=\"#information-requests\">Information requests"
                + "</a><a href=\"#command-requests\">Command requests</a>"
                + "<a href=\"#beyond-the-document\">Beyond the document</a>"
                + "<a href=\"#management\">Conference management</a>"
                + "<a href=\"#events\">Events</a><a href=\"#objects\">Objects</a>"
                + "<a href=\"/openapi.json\">openapi.json</a></nav>")
        .heading(2, "use", "Use")
        .element(
            "p",
            "The examples are lines of shell. Set what they need first; who opened the conference"
                + " has its UID and its security token.")
        .code(
            "BASE=http://127.0.0.1:8080\nCONFERENCE=...\nTOKEN=...\n"
                + "CALL=...        # mainCallUID of getConference\n"
                + "CALLER=...      # a UID of callers of getCall\n"
                + "BREAKOUT=...    # a UID of breakouts of getCall\n"
                + "CALL_TAG=...    # an ID of tags of getCall\n"
                + "AUDIO=...       # a UID of audio of getConference")
        .element(
            "p",
            "The UID of the call is mainCallUID of getConference; those of callers and breakouts"
                + " are in getCallData. Where a callUID is missing, conferenceUID stands for the"
                + " conference's call.")
        .element(
            "p",
            "Information requests are GET or POST. They answer HTTP 200 with an envelope of code,"
                + " message and value; code 0 is success, -2 a parameter that was wrong, -5 a token. Command"
                + " requests are POST alone, as a form or a JSON object. They answer HTTP 200 with"
                + " TRUE, or with FALSE, a comma and a message that names the parameter. The"
                + " outcome of a command is told by events, even where nothing changed; a list is tried to"
                + " the end, and what could be done stays done although the answer is FALSE. A"
                + " parameter that a function does not have is not looked at: the header"
                + " Conductor-Ignored names it. Conductor-Seq is the number of the last event that a"
                + " command raised, Conductor-Request stands in the cause of each.")
        .element(
            "p",
            "What never reaches a function answers otherwise: 403 no or wrong token or an unknown"
                + " UID, 404 no such function, 405 another method, 413 too large, 415 neither form"
                + " nor JSON, 429 too many requests.")
        .table(
            List.of("common parameter", "meaning"),
            ApiFunction.COMMON.stream()
                .map(param -> List.of(param.name(), param.about()))
                .toList());
  }

  private void group(final String group) {
    out.heading(2, group.toLowerCase(Locale.ROOT).replace(",", "").replace(' ', '-'), group);
    for (final DocumentedFunction function : functions) {
      if (function.group().equals(group)) {
        function(function);
      }
    }
  }

  private void function(final DocumentedFunction function) {
    out.heading(3, function.operationId(), function.name())
        .element("p", function.doc().summary())
        .element("p", (function.isRead() ? "GET or POST " : "POST ") + function.path());
    out.table(List.of("parameter", "needed", "meaning"), parameters(function));
    out.code(CurlLine.of(function));
    final String answer = function.doc().answers();
    if (!function.gives().isEmpty()) {
      out.element("p", "answers a file: " + String.join(" or ", function.gives()));
    } else if (function.inEnvelope()) {
      out.element("p", "answers, as JSON:").code(sample(answer, Format.JSON));
      if (function.inXml()) {
        out.element("p", "and as XML, without the line breaks:").code(sample(answer, Format.XML));
      }
    } else {
      out.element("p", "answers:").code(answer.isEmpty() ? "TRUE" : answer);
    }
    final String preview = function.doc().preview();
    if (!preview.isEmpty()) {
      out.code(CurlLine.of(function, List.of("preview=true", "type=JSON")));
      out.element("p", "answers, as JSON:").code(sample(preview, Format.JSON));
    }
  }

  private void management() {
    out.heading(2, "management", "Conference management")
        .element(
            "p",
            "The Conference Management API makes and books conferences. Each request has the"
                + " customer's UID and key. Reads are GET or POST, writes POST alone. Every"
                + " function answers HTTP 200 with an envelope, JSON where no type is asked for:"
                + " code 0 is success, -1 a general error, -2 a parameter that the message names,"
                + " -3 the server cannot just now and the request may be made again, -4 a fault of"
                + " ours, -5 an invalid customer key; positive codes are the function's own. 404,"
                + " 405, 413, 415 and 429 never reached a function. Dates are in the customer's"
                + " time zone: a time that a change to daylight-saving time leaves out is moved on,"
                + " of one that is there twice the first is meant. The examples need:")
        .code(
            "CUSTOMER=...     # UID of the customer\nKEY=...          # the customer's key\n"
                + "BOOKED=...       # UID of a conference that createConferenceReserved made\n"
                + "BOOKED_TAG=...   # an ID of its tags\n"
                + "BOOKED_PERSON=... # a UID of its persons\n"
                + "RESERVATION=...  # a UID of its reservations\n"
                + "PEOPLE=people.csv # a sheet of persons\nROOMS=rooms.csv  # one of conferences\n"
                + "OPERATOR_KEY=...  # what operator.key in the server's data folder holds");
  }

  private static List<List<String>> parameters(final DocumentedFunction function) {
    final List<List<String>> rows = new ArrayList<>(function.identity());
    for (final Param param : function.own()) {
      final String words =
          param.words().isEmpty() ? "" : " One of: " + String.join(", ", param.words()) + ".";
      rows.add(List.of(param.name(), param.required() ? "yes" : "", param.about() + words));
    }
    return rows;
  }

  private String sample(final String object, final Format format) {
    final View view = new View(format, false);
    final String document =
        switch (object) {
          case "Conference" ->
              renderer.conference(
                  SampleAnswers.conference(), List.of(SampleAnswers.person()), view);
          case "ConferenceData" ->
              renderer.conferenceData(
                  SampleAnswers.conference(), List.of(SampleAnswers.person()), view);
          case "Customer" -> renderer.customer(SampleAnswers.conference(), view);
          case "Call" -> renderer.call(SampleAnswers.conference(), SampleAnswers.call(), view);
          case "CallData" ->
              renderer.callData(SampleAnswers.conference(), SampleAnswers.call(), view);
          case "Caller" ->
              renderer.caller(SampleAnswers.conference(), SampleAnswers.caller(), view);
          case "Breakout" ->
              renderer.breakout(SampleAnswers.conference(), SampleAnswers.breakout(), view);
          case "GroupPlan" ->
              renderer.groupPlan(SampleAnswers.conference(), SampleAnswers.plan(), view);
          default -> accountSample(object, view);
        };
    return format == Format.JSON ? pretty(document) : document.replace("><", ">\n<");
  }

  private String accountSample(final String object, final View view) {
    final ConferenceSnapshot of = SampleAnswers.conference();
    final List<Person> persons = List.of(SampleAnswers.person());
    final List<String> calls = List.of(SampleAnswers.call().call().uid());
    final Belongings all = new Belongings(List.of(persons.get(0).uid()), calls);
    return switch (object) {
      case "AccountCustomer" -> accounts.customer(of.customer(), view);
      case "AccountConference" -> accounts.conference(of, all, view);
      case "AccountConferenceData" -> accounts.conferenceData(of, persons, calls, view);
      case "ConferenceList" ->
          accounts.conferences(
              of.customer(), List.of(of), Map.of(of.conference().uid(), all), view);
      case "AccountPerson" -> accounts.shown(of.customer(), persons.get(0), view);
      case "Reservation" ->
          accounts.reservation(
              of.customer(), of.conference().booking().reservations().get(0), view);
      case "ConferenceTag" -> accounts.shown(of.customer(), of.conference().tags().get(0), view);
      case "ImportResult" ->
          "{\"code\":0,\"message\":\"\",\"value\":{\"added\":2,\"changed\":0,\"problem\":"
              + "[{\"line\":3,\"message\":\"role: no such role \\\"king\\\"\"}]}}";
      case "NewCustomer" ->
          "{\"code\":0,\"message\":\"\",\"value\":{\"UID\":\"ACME000000000000\","
              + "\"key\":\"0123456789abcdef0123456789abcdef\"}}";
      case FunctionDoc.NOTHING -> accounts.shown(of.customer(), null, view);
      default -> throw new IllegalStateException("no sample for " + object);
    };
  }

  private String pretty(final String document) {
    try {
      return json.readTree(document).toPrettyString();
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException("our own answer is no JSON", e);
    }
  }

  private void events() {
    out.heading(2, "events", "Events")
        .element(
            "p",
            "One ordered log a call: numbered from 1 without gaps. By Server-Sent Events and over"
                + " a WebSocket at the path below, and over a TCP socket at the call's socketXML"
                + " port, one XML document after another, each ended by a zero byte, after a login"
                + " line of callUID=...&securityToken=... ended by a line feed. The first two"
                + " begin with a snapshot, the socket with what is new or, by snapshot=true, with a"
                + " snapshot; all of them after the number given as since. A Last-Event-ID is"
                + " callUID:number. TALKING is told as it is now, whatever the number.")
        .code(
            "curl -sSN --max-time 3 --get \"$BASE"
                + EventsHandler.PATH
                + "\" --data-urlencode \"callUID=$CALL\""
                + " --data-urlencode \"securityToken=$TOKEN\" --data-urlencode \"type=JSON\"")
        .table(
            List.of("source", "name", "target", "when"),
            EventRow.ALL.stream()
                .map(row -> List.of(row.source(), row.name(), row.target(), when(row)))
                .toList());
  }

  private static String when(final EventRow row) {
    return row.when() + (row.isOurs() ? " Ours." : "");
  }

  private void objects() {
    out.heading(2, "objects", "Objects")
        .element(
            "p",
            "Every field is always there, in this order; in XML a list is its element repeated,"
                + " none when it is empty. A date that is not there is empty, with dates=iso null."
                + " The place of a caller is MAIN, BREAKOUT or ENTRYWAY, where he waits.");
    for (final ObjectShape shape : ObjectShape.all()) {
      out.heading(3, "object-" + shape.name(), shape.name());
      out.table(
          List.of("field", "type", ""),
          shape.fields().stream()
              .map(field -> List.of(field.name(), type(field), field.isOurs() ? "ours" : ""))
              .toList());
    }
  }

  private static String type(final ObjectShape.FieldShape field) {
    return switch (field.kind()) {
      case TEXT -> "String";
      case FLAG -> "Boolean";
      case NUMBER -> "Number";
      case TIME -> "DateTime";
      case UIDS -> "list of UIDs";
      case OBJECTS -> "list of " + field.items();
      case PAIRS -> "list of key and value";
    };
  }
}
