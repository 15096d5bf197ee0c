package dev.conductor.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Section {@code http}. Any thread; immutable.
 *
 * @param host address to listen on
 * @param port TCP port; 0 lets the system choose (tests)
 * @param tls certificate and key, for TLS
 * @param limits how large a request may be
 * @param connections how many connections there may be, and how slow
 * @param rates how many requests there may be
 * @param idempotency how many commands are known again by their key
 * @param corsOrigins pages of these origins may call the API from a browser; {@code *} is every one
 */
public record HttpConfig(
    String host,
    int port,
    Tls tls,
    Limits limits,
    Connections connections,
    Rates rates,
    Idempotency idempotency,
    List<String> corsOrigins) {
  /** Stands for every origin. */
  public static final String ANY_ORIGIN = "*";

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  /** Checks every value. */
  public HttpConfig {
    Checks.notBlank("http.host", host);
    Checks.inRange("http.port", port, 0, 65_535);
    corsOrigins = List.copyOf(corsOrigins);
    for (final String origin : corsOrigins) {
      if (!origin.equals(ANY_ORIGIN) && !ORIGIN.matcher(origin).matches()) {
        throw new ConfigException(
            "http.cors-origins",
            "=" + origin + " is not an origin such as https://host.example, in lower case, nor *");
      }
    }
  }

  /**
   * PEM files. Both are set or neither is.
   *
   * @param tlsCertificate the server's certificate and those that lead to its issuer; empty for no
   *     TLS
   * @param tlsKey its private key, PKCS#8 without a password
   */
  public record Tls(Path tlsCertificate, Path tlsKey) {
    /** Checks that one is not without the other. */
    public Tls {
      checkBeside("http.tls-certificate", tlsCertificate, "http.tls-key", tlsKey);
      checkBeside("http.tls-key", tlsKey, "http.tls-certificate", tlsCertificate);
    }

    private static void checkBeside(
        final String key, final Path path, final String otherKey, final Path other) {
      if (!isEmpty(path) && isEmpty(other)) {
        throw new ConfigException(key, "=" + path + " needs " + otherKey + " beside it");
      }
    }

    /** Whether there is TLS. */
    public boolean isOn() {
      return !isEmpty(tlsCertificate);
    }

    private static boolean isEmpty(final Path path) {
      return path.toString().isEmpty();
    }
  }

  /**
   * How large a request may be.
   *
   * @param maxRequestLineBytes a longer request line is answered 414
   * @param maxHeaderBytes longer headers, all together, are answered 431
   * @param maxHeaders more headers are answered 431
   * @param maxBodyBytes a larger body is answered 413
   * @param maxImportBytes the same of a file that is imported
   * @param maxParameters more parameters are refused
   */
  public record Limits(
      int maxRequestLineBytes,
      int maxHeaderBytes,
      int maxHeaders,
      int maxBodyBytes,
      int maxImportBytes,
      int maxParameters) {
    /** Checks every value. */
    public Limits {
      Checks.inRange("http.max-request-line-bytes", maxRequestLineBytes, 1_024, 65_536);
      Checks.inRange("http.max-header-bytes", maxHeaderBytes, 1_024, 262_144);
      Checks.inRange("http.max-headers", maxHeaders, 8, 10_000);
      Checks.inRange("http.max-body-bytes", maxBodyBytes, 1_024, 16_777_216);
      Checks.inRange("http.max-import-bytes", maxImportBytes, 1_024, 268_435_456);
      Checks.inRange("http.max-parameters", maxParameters, 16, 65_536);
    }
  }

  /**
   * How many connections there may be, and how slow.
   *
   * @param maxConnections connections at once; more are closed
   * @param maxConnectionsPerAddress of these from one address
   * @param maxPipelined requests that wait on one connection; one more is answered 429
   * @param idleMs a connection that sends nothing for this long is closed
   * @param requestMs a request that is not whole by then is answered 408
   */
  public record Connections(
      int maxConnections,
      int maxConnectionsPerAddress,
      int maxPipelined,
      int idleMs,
      int requestMs) {
    /** Checks every value. */
    public Connections {
      Checks.inRange("http.max-connections", maxConnections, 1, 100_000);
      Checks.inRange("http.max-connections-per-address", maxConnectionsPerAddress, 1, 100_000);
      Checks.inRange("http.max-pipelined", maxPipelined, 1, 10_000);
      Checks.inRange("http.idle-ms", idleMs, 1_000, 3_600_000);
      Checks.inRange("http.request-ms", requestMs, 1_000, 600_000);
    }
  }

  /**
   * How many requests there may be; more are answered 429.
   *
   * @param requestsPerSecond that one token may make
   * @param requestBurst how many of them at once
   * @param addressRequestsPerSecond that one address may make
   * @param addressRequestBurst how many of them at once
   */
  public record Rates(
      int requestsPerSecond,
      int requestBurst,
      int addressRequestsPerSecond,
      int addressRequestBurst) {
    /** Checks every value. */
    public Rates {
      Checks.inRange("http.requests-per-second", requestsPerSecond, 1, 1_000_000);
      Checks.inRange("http.request-burst", requestBurst, 1, 1_000_000);
      Checks.inRange("http.address-requests-per-second", addressRequestsPerSecond, 1, 1_000_000);
      Checks.inRange("http.address-request-burst", addressRequestBurst, 1, 1_000_000);
    }
  }

  /**
   * How many commands are known again by their key.
   *
   * @param idempotencyKeys in all
   * @param idempotencyKeysPerConference of these, of one conference
   */
  public record Idempotency(int idempotencyKeys, int idempotencyKeysPerConference) {
    /** Checks every value. */
    public Idempotency {
      Checks.inRange("http.idempotency-keys", idempotencyKeys, 1, 10_000_000);
      Checks.inRange(
          "http.idempotency-keys-per-conference", idempotencyKeysPerConference, 1, 10_000_000);
    }
  }
}
