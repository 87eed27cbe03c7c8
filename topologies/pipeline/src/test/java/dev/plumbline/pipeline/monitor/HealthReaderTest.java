package dev.plumbline.pipeline.monitor;

import static dev.plumbline.pipeline.monitor.Examples.CREDIT;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.health.Condition;
import dev.plumbline.state.health.HealthRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HealthReaderTest {

  @Test
  void whenAFeedIsNotWellIsReadInMillisecondsAndMillionths() {
    HealthRules read = monitor(CREDIT).settings().health();

    assertThat(read)
        .isEqualTo(
            new HealthRules(
                true,
                Set.of(Condition.CONSTANT_SCORE),
                120_000,
                600_000,
                250,
                30 * 3_600_000L,
                900_000,
                20_000,
                4,
                500,
                400_000,
                5000,
                50));
    assertThat(monitor(with(CREDIT, "off: [constant_score]", "off: [all]")).settings().health())
        .extracting(HealthRules::isOn)
        .isEqualTo(false);
  }
}
