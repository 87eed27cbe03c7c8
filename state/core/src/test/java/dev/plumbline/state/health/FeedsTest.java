package dev.plumbline.state.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Feeds that stop, as their readers report it. Two partitions of predictions, one of labels. */
final class FeedsTest {

  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long BEGIN = 20_000 * DAY;
  private static final int LABELS = 2;
  private static final int AT_ONCE = 100;
  private static final Where FIRST = Where.ofPartition("p", 0);

  private static final Health.Subject SUBJECT =
      new Health.Subject(
          List.of(
              new Feed("p", 0, Feed.Brings.PREDICTIONS),
              new Feed("p", 1, Feed.Brings.PREDICTIONS),
              new Feed("l", 0, Feed.Brings.LABELS)),
          List.of(),
          List.of(),
          AgeSteps.ofPanes(0, 24));

  private final long[] last = new long[3];
  private final long[] read = new long[3];
  private final long[] rejected = new long[3];
  private final boolean[] isBehind = new boolean[3];
  private final List<Change> changes = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private Health health = new Health(HealthRules.DEFAULT, SUBJECT);
  private long since = BEGIN;
  private long now = BEGIN;

  @Test
  void predictionsThatStopAreToldOnceAndToldWhenTheyComeAgain() {
    run(HOUR, MINUTE, 0, 1, LABELS);
    run(20 * MINUTE, MINUTE, LABELS);
    run(5 * MINUTE, MINUTE, 0, 1, LABELS);

    assertThat(changes)
        .extracting(Change::condition, Change::where, Change::isOpen)
        .containsExactly(
            tuple(Condition.PREDICTIONS_STOPPED, Where.ofTopic("p"), true),
            tuple(Condition.PREDICTIONS_STOPPED, Where.ofTopic("p"), false));
    assertThat(times.get(0) - BEGIN - HOUR).isBetween(5 * MINUTE, 5 * MINUTE + 2 * MINUTE);
  }

  @Test
  void trafficAtRandomIsNoAlarmHoweverThinItIs() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(4) == 0) {
        last[random.nextInt(2)] = now;
        read[0]++;
      }
      run(MINUTE, MINUTE);
    }

    assertThat(changes).filteredOn(c -> c.condition() == Condition.PREDICTIONS_STOPPED).isEmpty();
  }

  @Test
  void onePartitionThatStopsIsNotItsFeed() {
    run(HOUR, MINUTE, 0, 1, LABELS);
    run(20 * MINUTE, MINUTE, 1, LABELS);
    run(5 * MINUTE, MINUTE, 0, 1, LABELS);

    assertThat(changes).extracting(Change::condition).containsOnly(Condition.PARTITION_STALLED);
    assertThat(changes).extracting(Change::where).containsOnly(FIRST);
    assertThat(changes).extracting(Change::isOpen).containsExactly(true, false);
  }

  @Test
  void aPartitionThatNeverBroughtAnythingHasNotStalled() {
    run(DAY, 10 * MINUTE, 1, LABELS);

    assertThat(changes).isEmpty();
  }

  @Test
  void labelsThatStopInASteadyFeedAreToldAfterTheFirstDays() {
    run(4 * DAY, MINUTE, 0, 1, LABELS);
    run(HOUR, MINUTE, 0, 1);

    assertThat(changes).extracting(Change::condition).containsExactly(Condition.LABELS_STOPPED);
    assertThat(times.get(0) - BEGIN - 4 * DAY).isLessThan(7 * MINUTE);
  }

  @Test
  void labelsThatAreLoadedOnceANightAreNoAlarmUntilANightIsMissing() {
    for (int day = 0; day < 20; day++) {
      night(5 + day % 3);
    }
    assertThat(changes).isEmpty();

    run(2 * DAY, 5 * MINUTE, 0, 1);

    assertThat(changes).extracting(Change::condition).containsExactly(Condition.LABELS_STOPPED);
    assertThat(times.get(0) - now).isGreaterThan(-2 * DAY + 11 * HOUR).isLessThan(-11 * HOUR);
  }

  @Test
  void theThirdWeekendIsNoAlarm() {
    for (int week = 0; week < 4; week++) {
      for (int day = 0; day < 5; day++) {
        run(10 * HOUR, 10 * MINUTE, 0, 1, LABELS);
        run(14 * HOUR, 10 * MINUTE);
      }
      run(2 * DAY, 10 * MINUTE);
      if (week == 1) {
        changes.clear();
      }
    }

    assertThat(changes).filteredOn(Change::isOpen).isEmpty();
  }

  @Test
  void aRestartClosesAndOpensNothing() {
    run(HOUR, MINUTE, 0, 1, LABELS);
    run(20 * MINUTE, MINUTE, LABELS);
    changes.clear();
    restart();

    judge();
    isBehind[0] = true;
    run(MINUTE, MINUTE, LABELS);
    isBehind[0] = false;
    run(HOUR, MINUTE, LABELS);
    assertThat(changes).isEmpty();

    run(MINUTE, MINUTE, 0, 1, LABELS);
    assertThat(changes).extracting(Change::isOpen).containsExactly(false);
    assertThat(changes.get(0).since()).isEqualTo(times.get(0));
  }

  @Test
  void whatWaitsWhileTheMonitorIsDownIsNoSilence() {
    run(HOUR, MINUTE, 0, 1, LABELS);
    now += 3 * HOUR;
    restart();
    run(10 * MINUTE, MINUTE, 0, 1, LABELS);

    assertThat(changes).isEmpty();
  }

  @Test
  void recordsThatWaitForLongAreLagAndNoSilence() {
    run(HOUR, MINUTE, 0, 1, LABELS);
    isBehind[0] = true;
    run(30 * MINUTE, MINUTE, 1, LABELS);
    isBehind[0] = false;
    run(MINUTE, MINUTE, 0, 1, LABELS);

    assertThat(changes).extracting(Change::condition).containsOnly(Condition.LAG);
    assertThat(changes).extracting(Change::isOpen).containsExactly(true, false);
  }

  @Test
  void aFeedOfRejectsIsToldThoughItsEventTimeStandsStill() {
    run(HOUR, SECOND * 10, 0, 1, LABELS);
    for (int i = 0; i < 200; i++) {
      rejected[0] += AT_ONCE;
      rejected[1] += AT_ONCE;
      run(10 * SECOND, 10 * SECOND, 0, 1, LABELS);
    }

    assertThat(changes).extracting(Change::condition).containsExactly(Condition.REJECTS);
    assertThat(changes.get(0).seen().usual()).isZero();
  }

  @Test
  void whatIsOffIsNotTold() {
    HealthRules rules = HealthRules.DEFAULT;
    health =
        new Health(
            new HealthRules(
                true,
                Set.of(Condition.PREDICTIONS_STOPPED),
                rules.heartbeat(),
                rules.silence(),
                rules.timesUsual(),
                rules.learning(),
                rules.lag(),
                rules.share(),
                rules.timesShare(),
                rules.fewest(),
                rules.coverage(),
                rules.constant(),
                rules.publishMin()),
            SUBJECT);
    run(HOUR, MINUTE, 0, 1, LABELS);
    run(HOUR, MINUTE, LABELS);

    assertThat(changes).isEmpty();
  }

  /** A day in which labels come in half an hour from this hour on. */
  private void night(int hour) {
    run(hour * HOUR, 5 * MINUTE, 0, 1);
    run(HOUR / 2, 5 * MINUTE, 0, 1, LABELS);
    run((24 - hour) * HOUR - HOUR / 2, 5 * MINUTE, 0, 1);
  }

  /** These partitions bring records at every step. */
  private void run(long millis, long step, int... partitions) {
    for (long end = now + millis; now < end; ) {
      now += step;
      for (int partition : partitions) {
        last[partition] = now;
        read[partition] += AT_ONCE;
      }
      for (int p = 0; p < last.length; p++) {
        FeedReport.Counts counts = new FeedReport.Counts(read[p], rejected[p], List.of());
        long lastOfReader = last[p] >= since ? last[p] : FeedReport.NEVER;
        FeedReport report =
            new FeedReport(
                p, since, now, lastOfReader, !isBehind[p], isBehind[p] ? 100_000 : 0, counts);
        health.report(FeedReport.of(report.toBytes()));
      }
      judge();
    }
  }

  private void judge() {
    List<Change> told = health.judge(now);
    told.forEach(change -> times.add(now));
    changes.addAll(told);
  }

  private void restart() {
    ByteWriter out = new ByteWriter();
    health.writeReports(out);
    health = new Health(HealthRules.DEFAULT, SUBJECT);
    health.readReports(new ByteReader(out.toBytes()));
    since = now + Duration.ofSeconds(1).toMillis();
    for (int p = 0; p < read.length; p++) {
      read[p] = 0;
      rejected[p] = 0;
    }
  }
}
