package dev.conductor.app;

import ch.qos.logback.classic.LoggerContext;
import dev.conductor.config.ConductorConfig;
import dev.conductor.demo.DemoAudio;
import dev.conductor.demo.DemoConference;
import dev.conductor.model.ConferenceSeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code conductor serve}: runs the server until the process is told to end. The main thread. */
@Command(
    name = "serve",
    description = "Run the conference server.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private SettingsOptions settings;

  @Option(
      names = "--demo",
      description = "Make a demo conference with known PINs; not for a server others can reach.")
  private boolean demo;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    final ConductorConfig config = settings.load();
    final PrintWriter out = spec.commandLine().getOut();
    final List<String> missing = JvmOptions.missing();
    if (!missing.isEmpty()) {
      out.println(
          "Started without "
              + String.join(" ", missing)
              + ": pauses may be heard."
              + " Better: java @config/jvm.options -jar conductor.jar serve");
    }
    final CountDownLatch told = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final List<ConferenceSeed> seeds = demo ? List.of(demoConference(config)) : List.of();
    try (ConductorServer server = ConductorServer.start(config, seeds)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(told, closed), "shutdown"));
      out.println(demo ? Greeting.demo(server) : Greeting.plain(server));
      out.flush();
      told.await();
    } finally {
      LOG.info("stopped");
      ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
      closed.countDown();
    }
    return 0;
  }

  private static ConferenceSeed demoConference(final ConductorConfig config) throws StartException {
    final Path folder = config.data().dir().resolve(ConductorServer.AUDIO_FOLDER);
    try {
      DemoAudio.write(folder);
      return DemoConference.seed();
    } catch (final IOException failed) {
      throw new StartException(
          "data.dir=" + config.data().dir() + ": the demo's audio cannot be written", failed);
    }
  }

  private static void end(final CountDownLatch told, final CountDownLatch closed) {
    told.countDown();
    try {
      closed.await();
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
