package dev.plumbline.state.metric.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.state.metric.Confusion;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExemplarsTest {

  private static final Exemplars GROUP =
      Exemplars.of(1, 0, 1).merge(Exemplars.of(1, 1, 1)).merge(Exemplars.of(1, 1, 0));

  private static final Exemplars ALL = GROUP.merge(Exemplars.of(0, 0, 0));

  @Test
  void exemplarsAreThoseWhoseModalLabelDiffersWhateverTheLabel() {
    assertThat(Exemplars.of(1, 0, 1).identified()).isOne();
    assertThat(Exemplars.of(1, 0, 0).identified()).isOne();
    assertThat(Exemplars.of(1, 1, 0).identified()).isZero();
  }

  @Test
  void aGroupIsComparedWithAll() {
    assertThat(GROUP.representation(ALL)).hasValue(1 / 0.75);
    assertThat(GROUP.errorChange()).hasValue(1);
    assertThat(GROUP.fprChange()).hasValue(0);
    assertThat(GROUP.fnrChange()).as("base 0").isEmpty();
  }

  @Test
  void nothingIsKnownOfNobody() {
    assertThat(Exemplars.EMPTY.representation(ALL)).isEmpty();
    assertThat(Exemplars.EMPTY.rate().defined()).isFalse();
    assertThat(Exemplars.EMPTY.errorChange()).isEmpty();
    assertThat(GROUP.merge(Exemplars.EMPTY)).isEqualTo(GROUP);
  }

  @Test
  void sidesOfOtherRecordsAreRefused() {
    assertThatThrownBy(() -> new Exemplars(0, new Confusion(1, 0, 0, 0), new Confusion(0, 1, 0, 0)))
        .hasMessageContaining("same records");
  }

  @Test
  void aModalLabelNeedsAVote() {
    assertThat(ModalLabel.of(List.of(3))).isEqualTo(3);
    assertThat(ModalLabel.of(List.of(5, 2, 5, 2, 1))).isEqualTo(5);
    assertThatThrownBy(() -> ModalLabel.of(List.of())).hasMessageContaining("at least one vote");
  }
}
