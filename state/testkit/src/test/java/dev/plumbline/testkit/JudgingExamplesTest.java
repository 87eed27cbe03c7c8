package dev.plumbline.testkit;

import static dev.plumbline.testkit.Small.label;
import static dev.plumbline.testkit.Small.ofAnotherModel;
import static dev.plumbline.testkit.Small.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.record.RejectReason;
import org.junit.jupiter.api.Test;

/** What a partition's clock decides, on logs of a few records (units: see {@link Small}). */
final class JudgingExamplesTest {

  @Test
  void anEmptyLogHasNoDeltas() {
    assertThat(new Small().predictions().labels().deltas()).isEmpty();
  }

  @Test
  void onePredictionCountsAndExpires() {
    assertThat(new Small().predictions(prediction(1, 12)).deltas())
        .containsExactlyInAnyOrder(
            "@1 #0 read +1",
            "@1 #0 accepted of m +1",
            "@1 #0 awaiting of m +1",
            "@1 predicted v1 p1 d1 b1 +1",
            "@21 #0 awaiting of m -1",
            "@21 #0 expired of m +1");
  }

  @Test
  void aSingleRecordFarAheadIsRejectedAtTheClock() {
    // 61 > 10 + 50; the next record is not beyond the jump. The clock is then 10 - 20 = -10.
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 10), prediction(2, 10), prediction(3, 61), prediction(4, 15))
                .deltasOf("#0 read", "#0 rejected", "predicted"))
        .containsExactlyInAnyOrder(
            "@-1 #0 read +1",
            "@-1 #0 rejected(time_jump) +1",
            "@1 #0 read +3",
            "@1 predicted v1 p1 d1 b1 +3");
  }

  @Test
  void aRecordExactlyTheJumpAheadIsBelieved() {
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 10), prediction(2, 10), prediction(3, 60), prediction(4, 45))
                .deltasOf("#0 rejected", "#0 late", "predicted"))
        .containsExactlyInAnyOrder(
            "@1 predicted v1 p1 d1 b1 +2",
            "@4 predicted v1 p4 d1 b1 +1",
            "@6 predicted v1 p6 d1 b1 +1");
  }

  @Test
  void twoRecordsFarAheadAreBelievedAndWhatFollowsIsLate() {
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 10),
                    prediction(2, 10),
                    prediction(3, 500),
                    prediction(4, 510),
                    prediction(5, 20))
                .deltasOf("#0 rejected", "#0 late", "predicted"))
        .containsExactlyInAnyOrder(
            "@1 predicted v1 p1 d1 b1 +2",
            "@49 #0 late of m +1", // at the clock, 510 - 20
            "@50 predicted v1 p50 d1 b1 +1",
            "@51 predicted v1 p51 d1 b1 +1");
  }

  @Test
  void ofTwoRecordsFarAheadTheEarlierIsBelievedAndTheLaterJudgedAgain() {
    // 900 withheld; 500 confirms 500; 900 > 550 is withheld again; 510 rejects it at 480.
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 10),
                    prediction(2, 10),
                    prediction(3, 900),
                    prediction(4, 500),
                    prediction(5, 510))
                .deltasOf("#0 rejected", "#0 late", "predicted"))
        .containsExactlyInAnyOrder(
            "@1 predicted v1 p1 d1 b1 +2",
            "@48 #0 rejected(time_jump) +1",
            "@50 predicted v1 p50 d1 b1 +1",
            "@51 predicted v1 p51 d1 b1 +1");
  }

  @Test
  void theFirstRecordOfAPartitionIsWithheldUntilTheSecond() {
    // 1000 and 10: 10 is confirmed, 1000 withheld again, 12 rejects it at 10 - 20.
    assertThat(
            new Small()
                .predictions(prediction(1, 1000), prediction(2, 10), prediction(3, 12))
                .deltasOf("#0 rejected", "predicted"))
        .containsExactlyInAnyOrder("@-1 #0 rejected(time_jump) +1", "@1 predicted v1 p1 d1 b1 +2");
  }

  @Test
  void aWithheldRecordIsAcceptedAtTheEnd() {
    assertThat(
            new Small()
                .predictions(prediction(1, 10), prediction(2, 10), prediction(3, 1000))
                .deltasOf("#0 rejected", "predicted"))
        .containsExactlyInAnyOrder(
            "@1 predicted v1 p1 d1 b1 +2", "@100 predicted v1 p100 d1 b1 +1");
  }

  @Test
  void aPredictionOlderThanTheClockIsLateAndOneAtTheClockIsNot() {
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 50), prediction(2, 50), prediction(3, 30), prediction(4, 29))
                .deltasOf("#0 read", "#0 late", "predicted"))
        .containsExactlyInAnyOrder(
            "@3 #0 read +2", // the late one at the clock, 30
            "@3 #0 late of m +1",
            "@3 predicted v1 p3 d1 b1 +1",
            "@5 #0 read +2",
            "@5 predicted v1 p5 d1 b1 +2");
  }

  @Test
  void otherModelsAreBookedWithoutNameAndMoveTheClock() {
    assertThat(
            new Small()
                .predictions(
                    ofAnotherModel(1, 50),
                    ofAnotherModel(1, 50),
                    ofAnotherModel(3, 10),
                    prediction(2, 29))
                .deltas())
        .containsExactlyInAnyOrder(
            "@3 #0 read +2",
            "@3 #0 other +1", // late, but of another model first
            "@3 #0 late of m +1",
            "@5 #0 read +2",
            "@5 #0 other +2");
  }

  @Test
  void aLabelIsLateByWhatItHappenedOnly() {
    // 2: arrival 100 - happened 0 is 100, not late. 3: arrives at the clock 200 - 20 = 180, 101
    // after it happened, though it was known at 80.
    assertThat(
            new Small()
                .labels(
                    label(1, 100, 0, 1),
                    label(1, 100, 0, 1),
                    label(2, 140, 1),
                    label(2, 190, 1),
                    label(2, 200, 1),
                    label(3, 80, 79, 1))
                .deltasOf("#0 late"))
        .containsExactly("@18 #0 late +1");
  }

  @Test
  void aMappingRejectArrivesAtTheClock() {
    assertThat(
            new Small()
                .predictions(prediction(1, 50), prediction(2, 50), RejectReason.NULL_VALUE)
                .deltasOf("#0 read", "#0 rejected"))
        .containsExactlyInAnyOrder(
            "@3 #0 read +1", "@3 #0 rejected(null_value) +1", "@5 #0 read +2");
  }

  @Test
  void aRejectBeforeAnyTimeWaitsForTheFirstConfirmedRecord() {
    assertThat(
            new Small()
                .predictions(
                    RejectReason.BAD_TIME,
                    prediction(1, 50),
                    RejectReason.UNDECODABLE,
                    prediction(2, 60))
                .deltasOf("#0 read", "#0 rejected"))
        .containsExactlyInAnyOrder(
            "@5 #0 read +3",
            "@5 #0 rejected(bad_time) +1",
            "@5 #0 rejected(undecodable) +1",
            "@6 #0 read +1");
  }

  @Test
  void rejectsWithoutAnyTimeAreBookedInPaneZero() {
    assertThat(new Small().predictions(RejectReason.NULL_VALUE).deltas())
        .containsExactlyInAnyOrder("@0 #0 read +1", "@0 #0 rejected(null_value) +1");
  }

  @Test
  void anExcludedPartitionCountsAtTheAnsweringPaneAndPredictionsBeyondRecallAreLate() {
    // Answer at pane 9, time 90: arrivals are at least 90, predictions older than 60 late.
    assertThat(
            new Small()
                .predictions(
                    prediction(1, 50),
                    prediction(2, 52),
                    prediction(3, 60),
                    prediction(4, 59),
                    RejectReason.TOO_LARGE,
                    ofAnotherModel(5, 59),
                    prediction(6, 95))
                .excluding(0, 2, 9)
                .deltasOf("#0 read", "#0 rejected", "#0 late", "#0 other", "predicted"))
        .containsExactlyInAnyOrder(
            "@5 #0 read +2",
            "@5 predicted v1 p5 d1 b1 +2",
            "@9 #0 read +5",
            "@9 #0 rejected(too_large) +1",
            "@9 #0 late of m +1",
            "@9 #0 other +1",
            "@9 predicted v1 p6 d1 b1 +1",
            "@9 predicted v1 p9 d1 b1 +1");
  }

  @Test
  void aLabelOfAnExcludedPartitionIsLateByItsRaisedArrival() {
    assertThat(
            new Small()
                .labels(label(0, 50, 1), label(1, 50, 1), label(2, 50, 1), label(3, 51, 1))
                .excluding(0, 2, 15)
                .deltasOf("#0 read", "#0 late", "#0 waiting", "#0 orphan"))
        .containsExactlyInAnyOrder(
            "@5 #0 read +2",
            "@5 #0 waiting +2",
            "@8 #0 waiting -2",
            "@8 #0 orphan +2",
            "@15 #0 read +2", // 150 - 50 and 150 - 51 are not above 100
            "@15 #0 orphan +2");
    assertThat(
            new Small()
                .labels(label(0, 50, 1), label(1, 50, 1), label(2, 50, 1), label(3, 60, 1))
                .excluding(0, 2, 16)
                .deltasOf("#0 late"))
        .containsExactly("@16 #0 late +1"); // 160 - 50 is, 160 - 60 is not
  }

  @Test
  void aRecordWithheldWhileItsPartitionSleptArrivesWhereThePartitionWakes() {
    // The label of 200 is withheld, then the partition sleeps, then the one of 202 wakes it.
    assertThat(
            new Small()
                .labels(label(1, 50, 1), label(2, 50, 1), label(3, 200, 1), label(4, 202, 1))
                .excluding(0, 3, 25)
                .deltasOf("#0 read"))
        .containsExactlyInAnyOrder("@5 #0 read +2", "@25 #0 read +2");
    assertThat(
            new Small()
                .labels(label(1, 50, 1), label(2, 50, 1), label(3, 200, 1), label(4, 60, 1))
                .excluding(0, 3, 25)
                .deltasOf("#0 read", "#0 rejected"))
        .containsExactlyInAnyOrder(
            "@5 #0 read +2", "@25 #0 read +2", "@25 #0 rejected(time_jump) +1");
  }
}
