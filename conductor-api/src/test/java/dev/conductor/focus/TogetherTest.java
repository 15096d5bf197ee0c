package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private final Together together = new Together();

  /** One group, people coming and going: noted are exactly those who were in it at one time. */
  @RepeatedTest(100)
  void shouldNoteExactlyThosePairsThatMet(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final List<String> in = new ArrayList<>();
    final Set<Set<String>> met = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      final String uid = "U" + random.nextInt(12);
      if (in.contains(uid)) {
        together.onLeave("G", in);
        in.remove(uid);
      } else {
        in.forEach(other -> met.add(Set.of(uid, other)));
        in.add(uid);
        together.onJoin("G");
      }
    }
    while (!in.isEmpty()) {
      together.onLeave("G", in);
      in.remove(0);
    }
    final Set<Set<String>> noted = new HashSet<>();
    for (final List<String> group : together.groups()) {
      for (final String one : group) {
        group.stream().filter(o -> !o.equals(one)).forEach(o -> noted.add(Set.of(one, o)));
      }
    }
    assertThat(noted).isEqualTo(met);
  }

  @Test
  void shouldForgetTheOldestBeyondItsBounds() {
    for (int round = 0; round < 20; round++) {
      final int number = round;
      together.onJoin("G");
      together.onLeave("G", IntStream.range(0, 5_000).mapToObj(i -> number + "-" + i).toList());
    }
    assertThat(together.groups()).hasSize(Together.KEPT_UIDS / 5_000);
    assertThat(together.groups().get(0).get(0)).isEqualTo("10-0");
  }
}
