package dev.conductor.bench.load;

import dev.conductor.demo.DemoConference;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes conferences of the demo's customer through the Conference Management API, with persons
 * whose PINs are known. One thread.
 */
final class Bookings {
  private static final int PERSONS = 20;
  private static final int FIRST_PIN = 200_000;
  private static final Pattern UID = Pattern.compile("\"UID\"\\s*:\\s*\"([^\"]+)\"");
  private static final String WHO =
      "customer=" + DemoConference.CUSTOMER_UID + "&key=" + DemoConference.CUSTOMER_KEY;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  Bookings(final InetSocketAddress http) {
    base = "http://" + http.getAddress().getHostAddress() + ':' + http.getPort() + "/_access/";
  }

  /** Makes so many; answers what to dial, past the PIN dialogue, one conference after the other. */
  List<String> make(final int conferences) throws IOException {
    final List<String> dialled = new ArrayList<>();
    for (int person = 0; person < PERSONS; person++) {
      for (int conference = 0; conference < conferences; conference++) {
        dialled.add(DemoConference.DID + '*' + pin(conference, person));
      }
    }
    for (int conference = 0; conference < conferences; conference++) {
      final Matcher made =
          UID.matcher(
              post(
                  "createConferenceReservationless",
                  "application/x-www-form-urlencoded",
                  WHO + "&estimatedCallers=" + PERSONS + "&name=Load"));
      if (!made.find()) {
        throw new IOException("no conference was made");
      }
      final StringBuilder sheet = new StringBuilder("name,PIN\r\n");
      for (int person = 0; person < PERSONS; person++) {
        sheet.append("Person,").append(pin(conference, person)).append("\r\n");
      }
      post("importPersons?conference=" + made.group(1) + '&' + WHO, "text/csv", sheet.toString());
    }
    return dialled;
  }

  private static int pin(final int conference, final int person) {
    return FIRST_PIN + PERSONS * conference + person;
  }

  private String post(final String what, final String type, final String body) throws IOException {
    final HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + what))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      final String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      if (!answer.replace(" ", "").contains("\"code\":0")) {
        throw new IOException(what.split("\\?")[0] + ": " + answer);
      }
      return answer;
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
