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
 * @param callRecordDays how long the record of a call is kept after its end, 0 for ever
 */
public record DataConfig(Path dir, String url, String user, Path passwordFile, int callRecordDays) {
  private static final int USUAL_DAYS = 365;
  private static final int MOST_DAYS = 36_500;
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
    Checks.inRange("data.call-record-days", callRecordDays, 0, MOST_DAYS);
    checkWithUrl("data.user", user, url);
    checkWithUrl("data.password-file", passwordFile.toString(), url);
  }

  /** The embedded store in that folder. */
  public DataConfig(final Path dir) {
    this(dir, "", "", NO_FILE, USUAL_DAYS);
  }

  private static void checkWithUrl(final String key, final String value, final String url) {
    if (!value.isEmpty() && url.isEmpty()) {
      throw new ConfigException(key, "=" + value + " is for data.url, and that is empty");
    }
  }
}
