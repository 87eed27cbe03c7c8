package dev.plumbline.state.metric.amplification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Contingency;
import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.amplification.DirectionalAmplification.Pair;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DirectionalAmplificationTest {

  private static Associations table(List<Long> first, List<Long> second) {
    return Associations.of(new Contingency(List.of(first, second)));
  }

  private static final Associations REFERENCE = table(List.of(30L, 10L), List.of(10L, 30L));

  @Test
  void anExactTieOfTheReferenceIsNoDirection() {
    Associations tie = Associations.of(new Contingency(List.of(List.of(2L, 3L), List.of(4L, 6L))));

    assertThat(tie.sign(0, 0)).isZero();
    assertThat(tie.sign(1, 1)).isZero();
    assertThat(tie.isSignificant(0, 0)).isFalse();
    assertThat(REFERENCE.sign(0, 0)).isOne();
    assertThat(REFERENCE.sign(1, 0)).isEqualTo(-1);
    assertThat(REFERENCE.isSignificant(1, 0)).isTrue();
  }

  @Test
  void anAttributeValueThatDoesNotOccurLeavesTheMean() {
    Associations labels = table(List.of(0L, 0L), List.of(10L, 10L));
    Associations predictions = table(List.of(0L, 0L), List.of(6L, 14L));
    DirectionalAmplification actual =
        DirectionalAmplification.attributeToTask(REFERENCE, labels, predictions);

    assertThat(actual.undefined()).isEqualTo(2);
    assertThat(actual.pairs()).extracting(Pair::delta).filteredOn(d -> d.isEmpty()).hasSize(2);
    assertThat(actual.mean()).hasValue(0.2);
  }

  @Test
  void nothingIsKnownOfNoRecord() {
    Associations none = table(List.of(0L, 0L), List.of(0L, 0L));
    DirectionalAmplification actual =
        DirectionalAmplification.taskToAttribute(REFERENCE, none, none);

    assertThat(actual.mean()).isEmpty();
    assertThat(actual.meanOfAbsolutes()).isEmpty();
    assertThat(actual.variance()).isEmpty();
    assertThat(new PredictedShift(Confusion.EMPTY).interval()).isEmpty();
  }

  @Test
  void ofOneBinaryTaskItIsTheShiftOfEachSubgroup() {
    List<Confusion> cells = List.of(new Confusion(20, 5, 9, 66), new Confusion(50, 12, 3, 35));
    List<List<Confusion>> one = cells.stream().map(List::of).toList();
    Associations labels = Associations.ofLabels(one);
    DirectionalAmplification actual =
        DirectionalAmplification.attributeToTask(labels, labels, Associations.ofPredictions(one));
    double first = -(5 - 9) / 100.0;
    double second = (12 - 3) / 100.0;
    double variance =
        new PredictedShift(cells.get(0)).variance().getAsDouble()
            + new PredictedShift(cells.get(1)).variance().getAsDouble();

    assertThat(actual.mean()).hasValue((first + second) / 2);
    Interval interval = actual.interval(cells).orElseThrow();
    assertThat((interval.high() - interval.low()) / 2)
        .isCloseTo(1.959963984540054 * Math.sqrt(variance) / 2, within(1e-12));
    assertThatThrownBy(() -> actual.interval(cells.subList(0, 1))).hasMessageContaining("2 pairs");
    assertThatThrownBy(() -> actual.interval(List.of(cells.get(1), cells.get(0))))
        .hasMessageContaining("cells of these 2 pairs");
  }

  /** The classes mirror each other: as if independent, the interval would be too short. */
  @Test
  void bothClassesOfATaskHaveNoIntervalOfIndependentPairs() {
    Confusion ones = new Confusion(20, 5, 9, 66);
    List<List<Confusion>> both = List.of(List.of(new Confusion(66, 9, 5, 20), ones));
    Associations labels = Associations.ofLabels(both);
    DirectionalAmplification actual =
        DirectionalAmplification.attributeToTask(labels, labels, Associations.ofPredictions(both));

    assertThatThrownBy(() -> actual.interval(both.get(0)))
        .hasMessageContaining("all of one task value");
  }

  @Test
  void anIntervalWithoutARecordIsUndefined() {
    List<List<Confusion>> none = List.of(List.of(Confusion.EMPTY), List.of(Confusion.EMPTY));
    Associations labels = Associations.ofLabels(none);
    DirectionalAmplification actual =
        DirectionalAmplification.attributeToTask(labels, labels, Associations.ofPredictions(none));

    assertThat(actual.interval(List.of(Confusion.EMPTY, Confusion.EMPTY))).isEmpty();
  }

  /** Three attribute values, one of which never occurs in the window, and two items. */
  @Test
  void bothDirectionsAreAsCountedFromTheRows() {
    SplittableRandom random = new SplittableRandom(5);
    long[][] reference = new long[3][2];
    long[][] labels = new long[3][2];
    long[][] ofTask = new long[3][2];
    long[][] ofAttribute = new long[3][2];
    for (int i = 0; i < 400; i++) {
      int attribute = random.nextInt(2);
      int task = random.nextInt(2);
      reference[random.nextInt(3)][random.nextInt(2)]++;
      labels[attribute][task]++;
      ofTask[attribute][random.nextInt(2)]++;
      ofAttribute[random.nextInt(2)][task]++;
    }

    List<Pair> toTask =
        DirectionalAmplification.attributeToTask(table(reference), table(labels), table(ofTask))
            .pairs();
    List<Pair> toAttribute =
        DirectionalAmplification.taskToAttribute(
                table(reference), table(labels), table(ofAttribute))
            .pairs();

    for (int i = 0; i < 6; i++) {
      int a = i / 2;
      int t = i % 2;
      long size = labels[a][0] + labels[a][1];
      long taskSize = labels[0][t] + labels[1][t];
      double shift = (double) (ofAttribute[a][t] - labels[a][t]) / taskSize;
      assertThat(toAttribute.get(i).delta()).hasValue(shift);
      if (size == 0) {
        assertThat(toTask.get(i).delta()).isEmpty();
      } else {
        assertThat(toTask.get(i).delta()).hasValue((double) (ofTask[a][t] - labels[a][t]) / size);
      }
    }
  }

  private static Associations table(long[][] counts) {
    return Associations.of(
        new Contingency(
            Stream.of(counts).map(row -> LongStream.of(row).boxed().toList()).toList()));
  }

  @Test
  void tablesOfOtherValuesAreRefused() {
    Associations three =
        Associations.of(new Contingency(List.of(List.of(1L), List.of(1L), List.of(1L))));

    assertThatThrownBy(() -> DirectionalAmplification.attributeToTask(three, REFERENCE, REFERENCE))
        .hasMessageContaining("same values");
    assertThatThrownBy(() -> new Associations(List.of(List.of(2L)), List.of(1L)))
        .hasMessageContaining("from 0 to 1");
  }

  @Test
  void labelsAndPredictionsOfOtherRecordsAreRefused() {
    Associations few = table(List.of(1L, 1L), List.of(1L, 1L));
    List<Confusion> ragged = List.of(new Confusion(1, 1, 1, 1), new Confusion(1, 0, 0, 0));

    assertThatThrownBy(() -> DirectionalAmplification.attributeToTask(REFERENCE, few, REFERENCE))
        .hasMessageContaining("same records, were [2, 2] and [40, 40]");
    assertThatThrownBy(() -> DirectionalAmplification.taskToAttribute(REFERENCE, few, REFERENCE))
        .hasMessageContaining("same records, were [2, 2] and [40, 40]");
    assertThatThrownBy(() -> Associations.ofLabels(List.of(ragged)))
        .hasMessageContaining("same records");
  }

  @Test
  void partsMergeToTheWhole() {
    assertThat(REFERENCE.merge(table(List.of(1L, 2L), List.of(3L, 4L))))
        .isEqualTo(table(List.of(31L, 12L), List.of(13L, 34L)));
  }

  @Test
  void malsLeavesOutAnItemThatIsNeverPredictedAndKeepsItsDivisor() {
    Contingency reference = new Contingency(List.of(List.of(30L, 10L), List.of(10L, 30L)));
    Contingency predicted = new Contingency(List.of(List.of(0L, 0L), List.of(2L, 8L)));
    Mals mals = Mals.of(reference, predicted);

    assertThat(mals.undefined()).isOne();
    assertThat(mals.mean().getAsDouble()).isCloseTo((0.8 - 0.75) / 2, within(1e-12));
    assertThatThrownBy(() -> Mals.of(reference, new Contingency(List.of(List.of(1L)))))
        .hasMessageContaining("same items");
  }

  @Test
  void malsIsUndefinedWhereNothingIsPredictedOrKnown() {
    Contingency some = new Contingency(List.of(List.of(30L, 10L), List.of(10L, 30L)));
    Contingency none = new Contingency(List.of(List.of(0L, 0L), List.of(0L, 0L)));

    for (Mals mals : List.of(Mals.of(some, none), Mals.of(none, some))) {
      assertThat(mals.mean()).isEmpty();
      assertThat(mals.meanOfAbsolutes()).isEmpty();
      assertThat(mals.variance()).isEmpty();
      assertThat(mals.undefined()).isEqualTo(4);
    }
  }
}
