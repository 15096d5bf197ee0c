package dev.conductor.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.play.WavReader;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoConferenceTest {
  @TempDir private Path folder;

  @Test
  void shouldHoldWhatTheDemoPromises() {
    final ConferenceSeed demo = DemoConference.seed();

    assertThat(demo.customer().uid()).isEqualTo("DEMO000000000000");
    assertThat(demo.customer().zoneId()).isEqualTo("America/Los_Angeles");
    assertThat(demo.conference().uid()).isEqualTo("DEMO");
    assertThat(demo.conference().did()).isEqualTo("+15550100");
    assertThat(demo.conference().aliases()).containsExactly("15550100", "demo");
    assertThat(demo.conference().securityToken()).isEqualTo("demo");
    assertThat(demo.conference().tags()).hasSize(2);
    assertThat(demo.conference().texts().custom()).hasSize(1);
    assertThat(demo.persons())
        .extracting(Person::pin)
        .doesNotHaveDuplicates()
        .contains("900001", "900002", "100001", "100020")
        .hasSize(22);
    assertThat(demo.persons()).extracting(Person::name).doesNotHaveDuplicates();
    assertThat(demo.persons()).extracting(Person::uid).doesNotHaveDuplicates();
    assertThat(roleOf(demo, "900001")).isEqualTo(Role.PRESENTER);
    assertThat(roleOf(demo, "900002")).isEqualTo(Role.ASSISTANT);
    assertThat(DemoConference.participantPins())
        .hasSize(20)
        .allMatch(pin -> roleOf(demo, pin) == Role.PARTICIPANT);
  }

  @Test
  void shouldWriteClipsThatPlay() throws IOException {
    DemoAudio.write(folder);
    DemoAudio.write(folder);

    for (final String name : List.of("DEMO/chime.wav", "DEMO/gong.wav")) {
      try (InputStream in = Files.newInputStream(folder.resolve(name))) {
        assertThat(WavReader.read(name, in).toClip(name).durationMs()).isBetween(300L, 1_000L);
      }
    }
  }

  private static Role roleOf(final ConferenceSeed demo, final String pin) {
    return demo.persons().stream()
        .filter(person -> person.pin().equals(pin))
        .findFirst()
        .orElseThrow()
        .role();
  }
}
