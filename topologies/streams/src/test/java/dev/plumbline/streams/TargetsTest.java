package dev.plumbline.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.pipeline.step.Outbox;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TargetsTest {

  private static final byte[] MESSAGE = {};

  private final Targets targets = new Targets();

  @Test
  void aKeyNamesThePartition() {
    assertThat(targets.partitions("deltas", Targets.key(2), MESSAGE, 3)).contains(Set.of(2));
  }

  @Test
  void allShardsAreAllPartitions() {
    assertThat(targets.partitions("rekey", Targets.key(Outbox.ALL_SHARDS), MESSAGE, 3))
        .contains(Set.of(0, 1, 2));
  }

  @Test
  void aTargetBeyondThePartitionsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> targets.partitions("deltas", Targets.key(3), MESSAGE, 3))
        .withMessageContaining("[0, 3)")
        .withMessageContaining("was 3");
  }
}
