package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import java.lang.reflect.Field;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RtpFaultsTest {
  @Test
  void shouldHaveACounterOfItsOwnForEveryReason() throws IllegalAccessException {
    final Set<MediaCounter> counters = EnumSet.noneOf(MediaCounter.class);
    int reasons = 0;
    for (final Field field : RtpHeader.class.getFields()) {
      if (field.getType() == int.class && field.getInt(null) < 0) {
        reasons++;
        counters.add(RtpFaults.counterOf(field.getInt(null)));
      }
    }
    assertThat(reasons).isEqualTo(5);
    assertThat(counters).hasSize(reasons);
    assertThatThrownBy(() -> RtpFaults.counterOf(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
