package dev.conductor.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a certificate chain and its key out of PEM files (RFC 7468). Each failure names the setting
 * and the file, never what stands in it. Any thread; immutable.
 */
public final class PemFiles {
  private static final long MAX_FILE_BYTES = 1_048_576;
  private static final int PROBE_BYTES = 32;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----");

  /** How a key of an algorithm signs, to see whether two belong together. */
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "RSA", "SHA256withRSA",
          "EC", "SHA256withECDSA",
          "EdDSA", "EdDSA");

  private final String certificateSetting;
  private final String keySetting;

  /**
   * Files that these settings name.
   *
   * @param certificateSetting as {@code http.tls-certificate}
   * @param keySetting as {@code http.tls-key}
   */
  public PemFiles(final String certificateSetting, final String keySetting) {
    this.certificateSetting = certificateSetting;
    this.keySetting = keySetting;
  }

  /**
   * The certificates, the server's own first.
   *
   * @throws IOException when the file is no chain
   */
  public X509Certificate[] chain(final Path file) throws IOException {
    final byte[] bytes = read(certificateSetting, file);
    try {
      final X509Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .toArray(X509Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (final CertificateException | ArrayStoreException broken) {
      throw wrong(certificateSetting, file, "is not a chain of certificates in PEM");
    }
    throw wrong(certificateSetting, file, "has no certificate in it");
  }

  /**
   * The private key that belongs to this public one.
   *
   * @throws IOException when the file has none that does
   */
  public PrivateKey key(final Path file, final PublicKey beside) throws IOException {
    final String text = new String(read(keySetting, file), StandardCharsets.ISO_8859_1);
    final Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("PRIVATE KEY")) {
        return key(file, block.group(2), beside);
      }
    }
    throw wrong(
        keySetting,
        file,
        OTHER_KEY.matcher(text).find()
            ? "is not PKCS#8 without a password; openssl pkcs8 -topk8 -nocrypt makes it so"
            : "has no private key in it");
  }

  private PrivateKey key(final Path file, final String base64, final PublicKey beside)
      throws IOException {
    try {
      final byte[] encoded = Base64.getMimeDecoder().decode(base64);
      final PrivateKey key =
          KeyFactory.getInstance(beside.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (belong(key, beside)) {
        return key;
      }
    } catch (final GeneralSecurityException | IllegalArgumentException broken) {
      throw wrong(
          keySetting, file, "is not a key of the certificate's kind, " + beside.getAlgorithm());
    }
    throw wrong(keySetting, file, "does not belong to the certificate of " + certificateSetting);
  }

  private static boolean belong(final PrivateKey key, final PublicKey beside)
      throws GeneralSecurityException {
    final byte[] probe = new byte[PROBE_BYTES];
    new SecureRandom().nextBytes(probe);
    final Signature signature =
        Signature.getInstance(SIGNATURES.getOrDefault(key.getAlgorithm(), key.getAlgorithm()));
    signature.initSign(key);
    signature.update(probe);
    final byte[] signed = signature.sign();
    signature.initVerify(beside);
    signature.update(probe);
    return signature.verify(signed);
  }

  private static byte[] read(final String setting, final Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw wrong(setting, file, "is no file");
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw wrong(setting, file, "is larger than " + MAX_FILE_BYTES + " bytes");
    }
    if (!Files.isReadable(file)) {
      throw wrong(setting, file, "cannot be read");
    }
    return Files.readAllBytes(file);
  }

  private static IOException wrong(final String setting, final Path file, final String what) {
    return new IOException(setting + "=" + file + " " + what);
  }
}
