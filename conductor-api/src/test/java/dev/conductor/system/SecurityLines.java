package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** What the server really logs, as the packed logback.xml writes it, and the filter we ship. */
final class SecurityLines implements AutoCloseable {
  private static final Path CONFIG =
      Path.of(System.getProperty("conductor.root", "..")).resolve("config");

  private static final long WAIT_MS = 60_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.conductor");
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

  SecurityLines() throws Exception {
    final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    final Matcher pattern =
        Pattern.compile("<pattern>(.*)</pattern>")
            .matcher(Files.readString(CONFIG.resolve("logback.xml")));
    assertThat(pattern.find()).isTrue();
    final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern.group(1));
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(bytes);
    appender.start();
    logger.addAppender(appender);
  }

  /** The lines so far. */
  List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The addresses that fail2ban itself finds in these lines by the filter we ship. */
  List<String> shutOut() throws Exception {
    final Path tool = ForeignTool.find("fail2ban-regex", "fail2ban");
    final Path folder = Files.createTempDirectory("fail2ban");
    final Path log = Files.write(folder.resolve("conductor.log"), lines());
    final Path filter = CONFIG.resolve("fail2ban/filter.d/conductor.conf").toAbsolutePath();
    final List<String> command =
        List.of(tool.toString(), "-o", "ip", log.toString(), filter.toString());
    try (ForeignTool regex = ForeignTool.start(folder, command)) {
      assertThat(regex.exitCode(WAIT_MS)).as(regex::output).isIn(0, 1);
      return regex.output().lines().toList();
    } finally {
      Files.deleteIfExists(log);
      Files.deleteIfExists(folder.resolve("output.log"));
      Files.deleteIfExists(folder);
    }
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
