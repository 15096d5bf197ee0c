package dev.conductor.app;

import dev.conductor.config.ConductorConfig;
import dev.conductor.config.HttpConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a command finds a running server. The main thread. */
final class ServerOptions {
  private static final String ANY_ADDRESS = "0.0.0.0";

  @Mixin private SettingsOptions settings;

  @Option(
      names = "--url",
      description = "Where the server takes HTTP (default: by the settings, on this machine).")
  private String url;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Certificate to trust, PEM (default: http.tls-certificate of the settings, or whom Java"
              + " trusts).")
  private Path trust;

  /** The settings in effect. */
  ConductorConfig settings() {
    return settings.load();
  }

  /** The server, asked by who runs it. */
  ServerDoor operatorsDoor() throws CommandFailed, IOException {
    final ConductorConfig config = settings();
    return door(config, "Bearer " + OperatorKey.read(config.data().dir()));
  }

  /** The server, asked by a customer. */
  ServerDoor customersDoor() throws CommandFailed {
    return door(settings(), "");
  }

  private ServerDoor door(final ConductorConfig config, final String authorization)
      throws CommandFailed {
    final HttpConfig http = config.http();
    final String at = url == null ? local(http) : url.replaceAll("/+$", "");
    try {
      URI.create(at).toURL();
    } catch (final IllegalArgumentException | IOException wrong) {
      throw new CommandFailed(CommandFailed.USAGE, "--url: " + at + " is no URL");
    }
    final Path certificate =
        trust == null && http.tls().isOn() ? http.tls().tlsCertificate() : trust;
    try {
      return new ServerDoor(at, authorization, certificate == null ? null : trusting(certificate));
    } catch (final IOException | GeneralSecurityException failed) {
      throw new CommandFailed(
          CommandFailed.FAILED, "certificate " + certificate + " cannot be read: " + failed);
    }
  }

  private static String local(final HttpConfig http) {
    final String host = http.host().equals(ANY_ADDRESS) ? "127.0.0.1" : http.host();
    return (http.tls().isOn() ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + http.port();
  }

  private static SSLContext trusting(final Path file) throws IOException, GeneralSecurityException {
    final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    final Map<String, Certificate> certificates = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (final Certificate one :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.put("certificate " + certificates.size(), one);
      }
    }
    for (final Map.Entry<String, Certificate> one : certificates.entrySet()) {
      store.setCertificateEntry(one.getKey(), one.getValue());
    }
    final TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    final SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }
}
