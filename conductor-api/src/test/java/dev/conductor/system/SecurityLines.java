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

  /** The addresses that the filter finds in these lines. */
  static List<String> shutOut(final List<String> lines) throws Exception {
    final String file = Files.readString(CONFIG.resolve("fail2ban/filter.d/conductor.conf"));
    final String line = value(file, "_line = (.*)");
    final List<Pattern> patterns =
        Pattern.compile("^(?:failregex =)?\\s+%\\(_line\\)s(.*)$", Pattern.MULTILINE)
            .matcher(file)
            .results()
            .map(found -> (line + found.group(1)).replace("<HOST>", "(?<host>[0-9a-fA-F.:]+)"))
            .map(Pattern::compile)
            .toList();
    assertThat(patterns).hasSize(2);
    return lines.stream()
        .flatMap(text -> patterns.stream().map(pattern -> pattern.matcher(text)))
        .filter(Matcher::find)
        .map(matcher -> matcher.group("host"))
        .toList();
  }

  private static String value(final String file, final String form) {
    final Matcher matcher = Pattern.compile(form).matcher(file);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
