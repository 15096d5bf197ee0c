package dev.conductor.config;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Section {@code data}. Any thread; immutable.
 *
 * @param dir folder of the embedded store and of the audio files; made if it is not there
 * @param url JDBC URL of a PostgreSQL database; empty for the embedded store
 * @param user who connects to it; empty where the URL or the server does not ask
 * @param passwordFile file with his password and nothing else; empty for none
 */
public record DataConfig(Path dir, String url, String user, Path passwordFile) {
  private static final Path NO_FILE = Path.of("");
  private static final Pattern URL = Pattern.compile("jdbc:postgresql:\\S+");
  private static final Pattern SECRET = Pattern.compile("(?i)[?&](ssl)?password=|//[^/?]*@");

  /** Checks every value. */
  public DataConfig {
    Checks.notBlank("data.dir", dir.toString());
    url = url.strip();
    if (SECRET.matcher(url).find()) {
      throw new ConfigException(
          "data.url", " must hold no password: give it in data.password-file");
    }
    if (!url.isEmpty() && !URL.matcher(url).matches()) {
      throw new ConfigException(
          "data.url", "=" + url + " is not a URL such as jdbc:postgresql://host:5432/database");
    }
    checkWithUrl("data.user", user, url);
    checkWithUrl("data.password-file", passwordFile.toString(), url);
  }

  /** The embedded store in that folder. */
  public DataConfig(final Path dir) {
    this(dir, "", "", NO_FILE);
  }

  private static void checkWithUrl(final String key, final String value, final String url) {
    if (!value.isEmpty() && url.isEmpty()) {
      throw new ConfigException(key, "=" + value + " is for data.url, and that is empty");
    }
  }
}
