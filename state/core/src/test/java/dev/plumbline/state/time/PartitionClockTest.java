package dev.plumbline.state.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grace 20, jump 50. */
final class PartitionClockTest {

  private static final Timing TIMING = new Timing(10, 20, 5, 100, 100, 30, 50, 3);

  private final List<String> decisions = new ArrayList<>();

  @Test
  void rareRecordsCountAtOnceWhereTheClockSaysSo() {
    PartitionClock<String> clock = PartitionClock.countingAtOnce(TIMING);

    read(clock, 0);
    assertThat(decisions).containsExactly("counted at 0");
    read(clock, 1000);
    assertThat(decisions).containsExactly("counted at 0", "counted at 1000");
    assertThat(clock.clock()).as("moved by the first").isEqualTo(-20);
    read(clock, 2000);
    assertThat(decisions).hasSize(3);
    assertThat(clock.clock()).as("the next confirms").isEqualTo(980);
  }

  @Test
  void oneRecordFarAheadMovesNoClockThatCountsAtOnce() {
    PartitionClock<String> clock = PartitionClock.countingAtOnce(TIMING);

    for (long time : new long[] {10, 10, 900, 30, 5}) {
      read(clock, time);
    }

    assertThat(clock.clock()).isEqualTo(10);
    assertThat(decisions)
        .containsExactly(
            "counted at 10", "counted at 10", "counted at 900", "counted at 30", "counted at 10");
  }

  @Test
  void theEndCountsNothingTwice() {
    PartitionClock<String> clock = PartitionClock.countingAtOnce(TIMING);

    read(clock, 10);
    clock.end(hearing());

    assertThat(decisions).containsExactly("counted at 10");
  }

  @Test
  void otherClocksWithholdWhatIsFarAheadAndRejectItIfItIsAlone() {
    PartitionClock<String> clock = new PartitionClock<>(TIMING);

    for (long time : new long[] {10, 10, 900, 30}) {
      read(clock, time);
    }

    assertThat(decisions)
        .containsExactly("counted at 10", "counted at 10", "jumped at -10", "counted at 30");
  }

  private void read(PartitionClock<String> clock, long time) {
    clock.read(time, "", hearing());
  }

  private PartitionClock.Decisions<String> hearing() {
    return new PartitionClock.Decisions<>() {
      @Override
      public void counted(String record, long arrival, long clock) {
        decisions.add("counted at " + arrival);
      }

      @Override
      public void jumped(String record, long clock) {
        decisions.add("jumped at " + clock);
      }
    };
  }
}
