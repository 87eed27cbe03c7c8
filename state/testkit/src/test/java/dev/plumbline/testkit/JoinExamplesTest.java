package dev.plumbline.testkit;

import static dev.plumbline.testkit.Small.label;
import static dev.plumbline.testkit.Small.prediction;
import static dev.plumbline.testkit.Small.sequenced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.join.Counter.Labelled;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the records of one id contribute, on logs of a few records (units: see {@link Small}). */
final class JoinExamplesTest {

  @Test
  void aLabelCountsAtItsArrivalInTheStepOfItsAge() {
    assertThat(new Small().predictions(prediction(1, 12)).labels(label(1, 35, 0)).deltas())
        .containsExactlyInAnyOrder(
            "@1 #0 read +1",
            "@1 #0 accepted of m +1",
            "@1 #0 awaiting of m +1",
            "@1 predicted v1 p1 d1 b1 +1",
            "@3 #1 read +1",
            "@3 #1 matched +1",
            "@3 #0 awaiting of m -1",
            "@3 #0 labelled of m +1",
            "@3 first v1 p1 step1 d1 y0 b1 +1"); // age 3 - 1 = 2 panes: step 1
  }

  @Test
  void aLabelAtTheEvidenceHorizonIsBeyondTheSteps() {
    assertThat(
            new Small()
                .predictions(prediction(1, 0))
                .labels(label(1, 109, 100, 1))
                .deltasOf("first"))
        .containsExactly("@10 first v1 p0 step2 d1 y1 b1 +1");
  }

  @Test
  void aRevisionInALaterPaneIsACorrectionInTheFirstStep() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 15, 0), label(1, 45, 1))
                .deltasOf("first", "correction", "#1 matched", "#1 revised"))
        .containsExactlyInAnyOrder(
            "@1 first v1 p1 step0 d1 y0 b1 +1",
            "@1 #1 matched +1",
            "@4 correction v1 p1 step0 d1 y0 b1 -1",
            "@4 correction v1 p1 step0 d1 y1 b1 +1",
            "@4 #1 revised +1");
  }

  @Test
  void aRevisionWithinTheFirstPaneIsTheFirstLabel() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 15, 0), label(1, 19, 1))
                .deltasOf("first", "correction", "#1"))
        .containsExactlyInAnyOrder(
            "@1 #1 read +2",
            "@1 #1 matched +1",
            "@1 #1 revised +1",
            "@1 first v1 p1 step0 d1 y1 b1 +1");
  }

  @Test
  void aRevisionBackRemovesTheCorrection() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 15, 0), label(1, 45, 1), label(1, 65, 0))
                .deltasOf("first", "correction"))
        .containsExactlyInAnyOrder(
            "@1 first v1 p1 step0 d1 y0 b1 +1",
            "@4 correction v1 p1 step0 d1 y0 b1 -1",
            "@4 correction v1 p1 step0 d1 y1 b1 +1",
            "@6 correction v1 p1 step0 d1 y0 b1 +1",
            "@6 correction v1 p1 step0 d1 y1 b1 -1");
  }

  @Test
  void anOlderLabelThatArrivesLaterChangesTheBooksButNotTheValue() {
    // The clock of the label partition is 80 - 20 = 60 when the label of 15 is read.
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 35, 1), label(2, 80, 1), label(1, 15, 0))
                .deltasOf("first", "correction", "#1 matched", "#1 revised"))
        .containsExactlyInAnyOrder(
            "@3 first v1 p1 step1 d1 y1 b1 +1", "@3 #1 matched +1", "@6 #1 revised +1");
  }

  @Test
  void aLabelOfTheSameValueIsADuplicate() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 15, 1), label(1, 45, 1), label(1, 45, 1))
                .deltasOf("first", "correction", "#1 matched", "#1 duplicate"))
        .containsExactlyInAnyOrder(
            "@1 first v1 p1 step0 d1 y1 b1 +1", "@1 #1 matched +1", "@4 #1 duplicate +2");
  }

  @Test
  void aCopyInAnotherPartitionIsADuplicateAndTheSmallestArrivalCounts() {
    // Both copies of 35 arrive at 35, for both clocks are below: the smaller partition counts.
    assertThat(
            new Small()
                .predictions(prediction(9, 50), prediction(9, 50), prediction(1, 35))
                .predictions(prediction(1, 35))
                .deltasOf(
                    "#0 accepted", "#0 duplicate", "#1 accepted", "#1 duplicate", "predicted"))
        .containsExactlyInAnyOrder(
            "@3 #0 accepted of m +1",
            "@3 #1 duplicate of m +1",
            "@3 predicted v1 p3 d1 b1 +1",
            "@5 #0 accepted of m +1",
            "@5 #0 duplicate of m +1",
            "@5 predicted v1 p5 d1 b1 +1");
  }

  @Test
  void anEarlierPredictionOfTheIdentityReplacesTheOneThatCounted() {
    // Partition 0 waits for pane 6: its prediction of 40 arrives at 60, that of 45 counted till
    // then.
    assertThat(
            new Small()
                .predictions(prediction(1, 40, "1", 0))
                .predictions(prediction(1, 45))
                .excluding(0, 0, 6)
                .deltasOf("predicted", "#0 accepted", "#1 accepted", "#1 duplicate"))
        .containsExactlyInAnyOrder(
            "@4 predicted v1 p4 d1 b1 +1",
            "@4 #1 accepted of m +1",
            "@6 predicted v1 p4 d1 b1 -1",
            "@6 predicted v1 p4 d0 b0 +1",
            "@6 #0 accepted of m +1",
            "@6 #1 accepted of m -1",
            "@6 #1 duplicate of m +1");
  }

  @Test
  void aLabelBeforeItsPredictionWaitsAndHasStepZero() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 7, 1))
                .deltasOf("first", "#1", "#0 labelled", "#0 awaiting"))
        .containsExactlyInAnyOrder(
            "@0 #1 read +1",
            "@0 #1 waiting +1",
            "@1 #1 waiting -1",
            "@1 #1 matched +1",
            "@1 #0 labelled of m +1",
            "@1 first v1 p1 step0 d1 y1 b1 +1");
  }

  @Test
  void aLabelOutsideTheWindowIsAnOrphanAtTheLastTouch() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 6, 1))
                .deltasOf("first", "#1", "#0 labelled", "#0 expired"))
        .containsExactlyInAnyOrder(
            "@0 #1 read +1",
            "@0 #1 waiting +1",
            "@4 #1 waiting -1", // 6 + 5 + 30 = 41
            "@4 #1 orphan +1",
            "@21 #0 expired of m +1");
  }

  @Test
  void anOrphanOfAReadThatBeganInTheMiddleMayBelongBeforeTheStart() {
    assertThat(
            new Small()
                .predictionsFrom(12, prediction(1, 12))
                .labels(label(7, 111, 1), label(8, 112, 1))
                .deltasOf("#1 orphan"))
        .containsExactlyInAnyOrder("@14 #1 orphan_before_start +1", "@14 #1 orphan +1");
  }

  @Test
  void labelsOfEqualTimeFromOnePartitionAreOrderedByOffset() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 15, 1), label(1, 15, 0))
                .deltasOf("first", "correction", "#1"))
        .containsExactlyInAnyOrder(
            "@1 first v1 p1 step0 d1 y0 b1 +1",
            "@1 #1 read +2",
            "@1 #1 matched +1",
            "@1 #1 revised +1",
            "@1 #1 tied +2");
  }

  @Test
  void labelsOfEqualTimeFromTwoPartitionsAreOrderedByContent() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 15, 1))
                .labels(label(1, 15, 0))
                .deltasOf("first", "correction", "#1", "#2"))
        .containsExactlyInAnyOrder(
            "@1 first v1 p1 step0 d1 y1 b1 +1",
            "@1 #1 read +1",
            "@1 #1 revised +1",
            "@1 #1 tied +1",
            "@1 #2 read +1",
            "@1 #2 matched +1",
            "@1 #2 tied +1");
  }

  @Test
  void aCopyFromAnotherPartitionTurnsTheOrderOfATieToContent() {
    // By offset 1, 0; with a copy of the first from partition 2, by content: 0, 1.
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 15, 1), label(1, 15, 0))
                .labels(label(2, 60, 1), label(2, 60, 1), label(1, 15, 1))
                .deltasOf("first", "correction", "#1 tied", "#2 tied", "#2 duplicate"))
        .containsExactlyInAnyOrder(
            "@1 first v1 p1 step0 d1 y0 b1 +1",
            "@1 #1 tied +2",
            "@4 correction v1 p1 step0 d1 y0 b1 -1",
            "@4 correction v1 p1 step0 d1 y1 b1 +1",
            "@4 #2 duplicate +1",
            "@4 #2 tied +1");
  }

  @Test
  void aSequenceOrdersLabelsOfEqualTimeAndThereIsNoTie() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(sequenced(1, 15, 2, 0), sequenced(1, 15, 1, 1))
                .deltasOf("first", "correction", "#1"))
        .containsExactlyInAnyOrder(
            "@1 first v1 p1 step0 d1 y0 b1 +1",
            "@1 #1 read +2",
            "@1 #1 matched +1",
            "@1 #1 revised +1");
  }

  @Test
  void copiesBeyondTheBoundAreRejectedInTheirOrder() {
    // Labels of [0, 35): those of 15, 16, 17 stay, that of 18 goes although it was read first.
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 12), prediction(1, 13), prediction(1, 14), prediction(1, 15))
                .labels(
                    label(1, 18, 1),
                    label(1, 15, 0),
                    label(1, 16, 0),
                    label(1, 17, 0),
                    label(1, 35, 1))
                .deltasOf("#0 rejected", "#0 duplicate", "#1", "first", "correction"))
        .containsExactlyInAnyOrder(
            "@1 #0 rejected(too_many_copies) of m +1",
            "@1 #0 duplicate of m +2",
            "@1 #1 read +4",
            "@1 #1 rejected(too_many_copies) +1",
            "@1 #1 matched +1",
            "@1 #1 duplicate +2",
            "@1 first v1 p1 step0 d1 y0 b1 +1",
            "@3 #1 read +1",
            "@3 #1 revised +1",
            "@3 correction v1 p1 step0 d1 y0 b1 -1",
            "@3 correction v1 p1 step0 d1 y1 b1 +1");
  }

  @Test
  void twoVersionsOfAnIdBothCountAndBothAreLabelled() {
    assertThat(
            new Small()
                .predictions(prediction(1, 12, "2", 0), prediction(1, 25, "1", 1))
                .labels(label(1, 30, 1))
                .deltasOf("predicted", "first", "#0 accepted", "#1 matched"))
        .containsExactlyInAnyOrder(
            "@1 predicted v2 p1 d0 b0 +1",
            "@1 #0 accepted of m +1",
            "@2 predicted v1 p2 d1 b1 +1",
            "@2 #0 accepted of m +1",
            "@3 first v2 p1 step1 d0 y1 b0 +1",
            "@3 first v1 p2 step0 d1 y1 b1 +1",
            "@3 #1 matched +1");
  }

  @Test
  void anIdUsedAgainMoreThanAHorizonLaterIsANewPrediction() {
    // 112 = 12 + 100 is still a duplicate of 12; 113 is not, and has its own labels.
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 12),
                    prediction(2, 62),
                    prediction(1, 112, "1", 0),
                    prediction(1, 113))
                .labels(label(1, 113, 1))
                .deltasOf("predicted v1 p1", "first", "#0 duplicate", "#1 matched"))
        .containsExactlyInAnyOrder(
            "@1 predicted v1 p1 d1 b1 +1",
            "@11 predicted v1 p11 d1 b1 +1",
            "@11 #0 duplicate of m +1",
            "@11 first v1 p11 step0 d1 y1 b1 +1",
            "@11 #1 matched +1");
  }

  @Test
  void ofOverlappingWindowsTheEarlierPredictionBooksTheLabel() {
    // 111 happened within 12 + 100 and within 113 - 5: both are labelled, the book is the first's.
    assertThat(
            new Small()
                .predictions(prediction(1, 12), prediction(2, 62), prediction(1, 113))
                .labels(label(1, 20, 0), label(1, 60, 0), label(1, 111, 1))
                .deltasOf("first", "correction", "#1 matched", "#1 revised", "#1 duplicate"))
        .containsExactlyInAnyOrder(
            "@2 first v1 p1 step0 d1 y0 b1 +1",
            "@2 #1 matched +1",
            "@6 #1 duplicate +1",
            "@11 correction v1 p1 step0 d1 y0 b1 -1",
            "@11 correction v1 p1 step0 d1 y1 b1 +1",
            "@11 #1 revised +1",
            "@11 first v1 p11 step0 d1 y1 b1 +1");
  }

  @Test
  void theFirstValueOfALabelThatWaitedIsTheOneKnownWhenItsPredictionArrives() {
    // Known 0 in pane 0, revised to 1 in pane 1, in which the prediction arrives after both.
    assertThat(
            new Small()
                .predictions(prediction(1, 12))
                .labels(label(1, 7, 0), label(1, 11, 1))
                .deltasOf("first", "correction"))
        .containsExactly("@1 first v1 p1 step0 d1 y1 b1 +1");
  }

  @Test
  void copiesAreCountedAnewInEachInterval() {
    // 15 is the fourth of [0, 200), 215 the first of [200, 400).
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 12), prediction(1, 13), prediction(1, 14), prediction(1, 15))
                .predictions(prediction(1, 215))
                .deltasOf("#0 rejected", "predicted"))
        .containsExactlyInAnyOrder(
            "@1 #0 rejected(too_many_copies) of m +1",
            "@1 predicted v1 p1 d1 b1 +1",
            "@21 predicted v1 p21 d1 b1 +1");
  }

  @Test
  void theBooksOfAPredictionAreThoseOfItsPartition() {
    assertThat(
            new Small()
                .predictions()
                .predictions(prediction(1, 12), prediction(2, 12))
                .labels(label(1, 35, 0))
                .deltasOf("#1 awaiting", "#1 labelled", "#1 expired", "#0"))
        .containsExactlyInAnyOrder(
            "@1 #1 awaiting of m +2",
            "@3 #1 awaiting of m -1",
            "@3 #1 labelled of m +1",
            "@21 #1 awaiting of m -1",
            "@21 #1 expired of m +1");
  }

  @Test
  void aScoreOnAnEdgeBelongsToTheBinAboveAndOneToTheLast() {
    assertThat(Stream.of(0, 499_999, 500_000, 1_000_000).map(Small.RULES::bin))
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void offsetsOrderTheLabelsOfATieAndHolesDoNotMatter() {
    Log.Partition predictions =
        Log.Partition.of(Log.Kind.PREDICTIONS, List.of(new Raw.Mapped(0, 12, prediction(1, 12))));
    Log.Partition labels =
        Log.Partition.of(
            Log.Kind.LABELS,
            List.of(
                new Raw.Mapped(3, 15, label(1, 15, 1)), new Raw.Mapped(9, 15, label(1, 15, 0))));

    assertThat(
            NaiveSorter.deltas(
                new Log(List.of(predictions, labels)), Small.RULES, Set.of("m"), List.of()))
        .containsEntry(
            new Delta(1, new Labelled(prediction(1, 12).cell(), 1, 0, false, 1, 0, 1)), 1L);
  }
}
