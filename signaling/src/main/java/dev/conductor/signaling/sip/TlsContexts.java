package dev.conductor.signaling.sip;

import dev.conductor.config.PemFiles;
import dev.conductor.config.SipConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate, key and trusted issuers of SIP over TLS. The files are looked at before a
 * handshake, at most once a second, and read again where one changed: new connections use what they
 * hold then. What cannot be read leaves what was, with a warning and a count.
 *
 * <p>Threads: any.
 */
final class TlsContexts {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
  private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
  private static final char[] NO_PASSWORD = {};

  /** Modern ones with authentication and forward secrecy alone (RFC 9325, section 4.2). */
  static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

  static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final PemFiles files = new PemFiles("sip.tls-certificate", "sip.tls-key");
  private final PemFiles trustFiles = new PemFiles("sip.tls-trust", "");
  private final SipConfig.Security config;
  private final SipCounters counters;
  private SSLContext current;
  private List<String> marks;
  private long lookedNs;

  /**
   * Reads the files.
   *
   * @throws IOException naming the setting, when a file is not what it is to be
   */
  TlsContexts(final SipConfig.Security config, final SipCounters counters) throws IOException {
    this.config = config;
    this.counters = counters;
    marks = marks();
    lookedNs = System.nanoTime();
    current = read();
  }

  /** What a handshake that begins now is to use. */
  synchronized SSLContext current() {
    final long nowNs = System.nanoTime();
    if (nowNs - lookedNs >= LOOK_NS) {
      lookedNs = nowNs;
      final List<String> now = marks();
      if (!now.equals(marks)) {
        marks = now;
        readAgain();
      }
    }
    return current;
  }

  private void readAgain() {
    try {
      current = read();
      counters.increment(SipCounter.TLS_RELOADS);
      LOG.info("the certificate in {} is in use", config.tlsCertificate());
    } catch (final IOException e) {
      counters.increment(SipCounter.TLS_RELOAD_FAILURES);
      LOG.warn("the certificate read before stays in use: {}", e.getMessage());
    }
  }

  /** What tells that a file changed. */
  private List<String> marks() {
    return List.of(mark(config.tlsCertificate()), mark(config.tlsKey()), mark(config.tlsTrust()));
  }

  private static String mark(final Path file) {
    try {
      final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (final IOException e) {
      return "";
    }
  }

  private SSLContext read() throws IOException {
    final X509Certificate[] chain = files.chain(config.tlsCertificate());
    try {
      final KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "sip", files.key(config.tlsKey(), chain[0].getPublicKey()), NO_PASSWORD, chain);
      final KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, NO_PASSWORD);
      final TrustManagerFactory trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trustManagers.init(trusted());
      final SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (final GeneralSecurityException e) {
      throw new IOException("sip.tls-certificate=" + config.tlsCertificate() + " is of no use", e);
    }
  }

  /** The issuers we trust; null for those of Java. */
  private KeyStore trusted() throws IOException, GeneralSecurityException {
    if (config.tlsTrust().toString().isEmpty()) {
      return null;
    }
    final KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int count = 0;
    for (final X509Certificate certificate : trustFiles.chain(config.tlsTrust())) {
      trusted.setCertificateEntry("issuer-" + count++, certificate);
    }
    return trusted;
  }
}
