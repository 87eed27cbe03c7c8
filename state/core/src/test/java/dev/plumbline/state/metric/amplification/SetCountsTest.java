package dev.plumbline.state.metric.amplification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.state.metric.amplification.MultiAttributeAmplification.Baseline;
import dev.plumbline.state.metric.amplification.SetCounts.Row;
import dev.plumbline.state.metric.amplification.SetCounts.View;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SetCountsTest {

  private static List<Row> rows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(new Row(random.nextInt(8), random.nextInt(8), random.nextInt(2), random.nextInt(2)));
    }
    return rows;
  }

  private static SetCounts counts(List<Row> rows) {
    TreeMap<Row, Long> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row, 1L, Long::sum));
    return new SetCounts(2, counts);
  }

  @Test
  void supersetsAreCountedAsInTheRows() {
    List<Row> rows = rows(1);
    long set = 0b101;

    long expected =
        rows.stream()
            .filter(row -> (row.predictions() & set) == set && row.predictedGroup() == 1)
            .count();

    assertThat(counts(rows).having(List.of(set), View.PREDICTED).counts().get(0).get(1))
        .isEqualTo(expected);
  }

  @Test
  void partsMergeToTheWholeInAnyOrder() {
    List<Row> rows = rows(2);
    SetCounts first = counts(rows.subList(0, 20));
    SetCounts second = counts(rows.subList(20, 60));

    assertThat(first.merge(second)).isEqualTo(second.merge(first)).isEqualTo(counts(rows));
    assertThat(first.merge(SetCounts.empty(2))).isEqualTo(first);
    assertThatThrownBy(() -> first.merge(SetCounts.empty(3))).hasMessageContaining("same groups");
  }

  @Test
  void setsAreThoseThatOccurOnBothSides() {
    SetCounts reference = counts(List.of(new Row(0b011, 0, 0, 0), new Row(0b100, 0, 1, 1)));
    SetCounts window = counts(List.of(new Row(0b001, 0, 0, 0), new Row(0b111, 0, 1, 1)));

    assertThat(SetCounts.allSubsets(reference, window, 1, 3))
        .containsExactly(0b001L, 0b011L, 0b010L, 0b100L);
    assertThat(SetCounts.allSubsets(reference, window, 1, 1))
        .containsExactly(0b001L, 0b010L, 0b100L);
    assertThat(SetCounts.observedFullSets(reference, window, 0, 1)).containsExactly(0b011L, 0b100L);
    assertThat(SetCounts.observedFullSets(reference, window, 0, 2)).containsExactly(0b011L);
    assertThat(SetCounts.observedFullSets(reference, window, 1, 1)).isEmpty();
  }

  @Test
  void allSubsetsAreThoseOfTheSizeAskedForUpToALimitOfTheirNumber() {
    SetCounts fifteen = counts(List.of(new Row((1L << 15) - 1, 0, 0, 0)));
    SetCounts sixteen = counts(List.of(new Row((1L << 16) - 1, 0, 0, 0)));
    SetCounts most = counts(List.of(new Row(Long.MAX_VALUE, 0, 0, 0)));

    assertThat(SetCounts.allSubsets(fifteen, fifteen, 1, 15)).hasSize((1 << 15) - 1);
    assertThat(SetCounts.allSubsets(most, most, 1, SetCounts.DEFAULT_MOST))
        .hasSize(63 + 63 * 62 / 2 + 63 * 62 * 61 / 6);
    assertThatThrownBy(() -> SetCounts.allSubsets(sixteen, sixteen, 1, 16))
        .hasMessageContaining("at most 50000 subsets")
        .hasMessageContaining("16 items");
    assertThatThrownBy(() -> SetCounts.allSubsets(most, most, 1, Integer.MAX_VALUE))
        .hasMessageContaining("63 items");
  }

  @Test
  void withoutASetThereIsNothingToAmplify() {
    SetCounts counts = counts(rows(4));
    MultiAttributeAmplification actual = new MultiAttributeAmplification(List.of(), counts, counts);

    assertThat(actual.mals().items()).isZero();
    assertThat(actual.mals().mean()).isEmpty();
    assertThat(actual.mals().variance()).isEmpty();
    assertThat(actual.groupToSet(Baseline.WINDOW).mean()).isEmpty();
    assertThat(actual.setToGroup(Baseline.REFERENCE).variance()).isEmpty();
  }

  @Test
  void predictionsThatAreTheLabelsAmplifyNothing() {
    SetCounts same =
        counts(
            rows(3).stream()
                .map(row -> new Row(row.labels(), row.labels(), row.group(), row.group()))
                .toList());
    MultiAttributeAmplification actual =
        new MultiAttributeAmplification(List.of(1L, 2L, 3L), same, same);

    assertThat(actual.mals().meanOfAbsolutes()).hasValue(0);
    assertThat(actual.groupToSet(Baseline.WINDOW).meanOfAbsolutes()).hasValue(0);
    assertThat(actual.setToGroup(Baseline.REFERENCE).variance()).hasValue(0);
  }

  @Test
  void aSetThatNeverOccursIsUndefinedInItsDirection() {
    SetCounts counts = counts(List.of(new Row(1, 1, 0, 0), new Row(1, 1, 1, 1)));
    MultiAttributeAmplification actual =
        new MultiAttributeAmplification(List.of(1L, 2L), counts, counts);

    assertThat(actual.setToGroup(Baseline.WINDOW).undefined()).isEqualTo(2);
    assertThat(actual.groupToSet(Baseline.WINDOW).undefined()).isZero();
  }

  @Test
  void groupsThatDoNotExistAreRefused() {
    assertThatThrownBy(() -> counts(List.of(new Row(1, 1, 2, 0))))
        .hasMessageContaining("groups below 2");
    assertThatThrownBy(
            () ->
                new MultiAttributeAmplification(List.of(), SetCounts.empty(2), SetCounts.empty(3)))
        .hasMessageContaining("same groups");
  }
}
