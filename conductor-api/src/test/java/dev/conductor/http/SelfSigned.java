package dev.conductor.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of localhost that the JDK's keytool makes here and now, as PEM files. */
public final class SelfSigned {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final KeyStore trusted;

  /** Writes into this folder. */
  public SelfSigned(final Path folder) throws Exception {
    this.folder = folder;
    this.trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
  }

  /** Makes {@code <name>.cert} and {@code <name>.key} of an algorithm, RSA or EC. */
  public void make(final String name, final String algorithm) throws Exception {
    final Path store = folder.resolve(name + ".p12");
    final Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "one",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    final String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
    final KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD);
    final var certificate = keys.getCertificate("one");
    trusted.setCertificateEntry(name, certificate);
    write(name + ".cert", "CERTIFICATE", certificate.getEncoded());
    write(name + ".key", "PRIVATE KEY", keys.getKey("one", PASSWORD).getEncoded());
  }

  /** Writes a block of PEM behind a comment. */
  public void write(final String file, final String type, final byte[] der) throws IOException {
    final String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "a comment\n-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }

  /** What a client needs that trusts all that were made. */
  public SSLContext trusting() throws Exception {
    final var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    final SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
