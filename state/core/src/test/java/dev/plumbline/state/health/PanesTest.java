package dev.plumbline.state.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shares that closed panes tell of: values, labels, orphans, duplicates; and rows of scores. */
final class PanesTest {

  private static final int PER_PANE = 50;
  private static final long WEEK = 7 * 24 * 3_600_000L;
  private static final AgeSteps AGES = AgeSteps.ofPanes(0, 4, 24);

  private static final Health.Subject SUBJECT =
      new Health.Subject(
          List.of(new Feed("p", 0, Feed.Brings.PREDICTIONS), new Feed("l", 0, Feed.Brings.LABELS)),
          List.of("sex", "region"),
          List.of(Set.of(), Set.of("n", Cell.OTHER)),
          AGES);

  private final List<Change> changes = new ArrayList<>();
  private Health health = new Health(HealthRules.DEFAULT, SUBJECT);
  private long pane = 100;
  private long now = 1;

  @Test
  void aRenamedValueIsToldOfItsAttributeAloneAndIsOverWhenItIsNamedBack() {
    predict(20, "Female", "n");
    predict(10, "F", "n");
    predict(10, "Female", "n");

    assertThat(changes).extracting(Change::condition).containsOnly(Condition.UNSEEN_VALUES);
    assertThat(changes).extracting(Change::where).containsOnly(Where.ofAttribute("m", "sex"));
    assertThat(changes).extracting(Change::isOpen).containsExactly(true, false);
    assertThat(changes.get(0).seen()).isEqualTo(new Seen(500_000, 0, 0));
    assertThat(changes.toString()).doesNotContain("Female");
  }

  @Test
  void aValueThatLastsAWeekIsUsual() {
    predict(20, "Female", "n");
    predict(10, "F", "n");
    now += WEEK;
    predict(10, "F", "n");

    assertThat(changes)
        .filteredOn(change -> change.condition() == Condition.UNSEEN_VALUES)
        .extracting(Change::isOpen)
        .containsExactly(true, false);
  }

  @Test
  void whatTheFileDoesNotNameIsNeverKnownButMayBeUsual() {
    predict(40, "Female", Cell.OTHER);
    assertThat(changes).isEmpty();

    predict(4, Cell.MISSING, "n");
    assertThat(changes)
        .filteredOn(Change::isOpen)
        .extracting(Change::condition)
        .containsExactly(Condition.MISSING_VALUES);
  }

  @Test
  void nothingIsToldOfFewerThanMayBePublished() {
    for (int i = 0; i < 20; i++) {
      close(100 - i % 2, "Female", "n", i % 2, Cell.MISSING);
    }
    close(170, "Female", "n", 30, Cell.MISSING);

    assertThat(changes).extracting(Change::condition).containsExactly(Condition.MISSING_VALUES);
    assertThat(changes.get(0).seen().observed()).isEqualTo(150_000);
    assertThat(changes.get(0).seen().usual()).isEqualTo(Seen.NONE);
  }

  @Test
  void labelsFarBelowTheirUsualShareAtAnAgeAreTold() {
    label(200, 30);
    label(60, 10);
    assertThat(changes)
        .extracting(Change::condition, Change::isOpen)
        .containsExactly(tuple(Condition.LABEL_COVERAGE, true));
    assertThat(changes.get(0).seen().about()).isEqualTo(4);
    assertThat(changes.get(0).seen().usual()).isBetween(590_000L, 610_000L);

    label(60, 30);
    assertThat(changes)
        .as("at the later age when the same predictions have reached that")
        .extracting(change -> change.seen().about(), Change::isOpen)
        .containsExactly(tuple(4L, true), tuple(4L, false), tuple(24L, true), tuple(24L, false));
  }

  @Test
  void orphansAndDuplicatesBeyondTheirUsualShareAreTold() {
    for (int i = 0; i < 10; i++) {
      book(1, RecordState.MATCHED, 95, RecordState.ORPHAN, 5);
      book(0, RecordState.READ, 100, RecordState.DUPLICATE, 2);
    }
    assertThat(changes).isEmpty();

    book(1, RecordState.MATCHED, 50, RecordState.ORPHAN, 50);
    book(0, RecordState.READ, 100, RecordState.DUPLICATE, 40);

    assertThat(changes)
        .extracting(Change::condition)
        .containsExactly(Condition.ORPHANS, Condition.DUPLICATES);
  }

  @Test
  void scoresThatWereDifferentAndAreNotAnyMoreAreToldAcrossARestart() {
    scores(1, 3, 4);
    scores(2, 900, 4);
    assertThat(changes).isEmpty();
    scores(3, 1000, 4);
    assertThat(changes).extracting(Change::condition).containsExactly(Condition.CONSTANT_SCORE);

    restart();
    scores(4, 10, 0);
    assertThat(changes).hasSize(1);
    scores(5, 1, 1);
    assertThat(changes).extracting(Change::isOpen).containsExactly(true, false);
  }

  @Test
  void oneScoreFromTheBeginningIsNoNews() {
    scores(1, 100_000, 0);

    assertThat(changes).isEmpty();
  }

  @Test
  void aRestartKeepsWhatIsUsual() {
    predict(20, "Female", "n");
    restart();
    predict(3, "F", "n");
    restart();
    predict(3, "Female", "n");

    assertThat(changes).extracting(Change::isOpen).containsExactly(true, false);
  }

  private void predict(int panes, String sex, String region) {
    for (int i = 0; i < panes; i++) {
      close(PER_PANE / 2, "Male", "n", PER_PANE / 2, sex, region);
    }
  }

  private void close(int first, String sex, String region, int second, String... other) {
    Deltas cells = new Deltas();
    cells.add(pane, predicted(sex, region), first);
    if (second > 0) {
      cells.add(pane, predicted(other[0], other.length > 1 ? other[1] : region), second);
    }
    health.closeLabelFree(cells);
    pane++;
    judge();
  }

  private Predicted predicted(String sex, String region) {
    return new Predicted(new Cell("m", "", List.of(sex, region)), pane, 0, 0);
  }

  /** Panes of predictions, of whom so many have a label in the pane after. */
  private void label(int panes, int labels) {
    Cell cell = new Cell("m", "", List.of("Female", "n"));
    for (int i = 0; i < panes; i++) {
      Deltas cells = new Deltas();
      cells.add(pane, new Predicted(cell, pane, 0, 0), PER_PANE);
      cells.add(pane, new Labelled(cell, pane - 1, 0, false, 0, 0, 0), labels);
      health.close(pane++, cells, new Deltas());
      judge();
    }
  }

  private void book(int partition, RecordState one, long ones, RecordState other, long others) {
    Deltas books = new Deltas();
    books.add(pane, new Booked(partition, one, RejectReason.NONE, ""), ones);
    books.add(pane, new Booked(partition, other, RejectReason.NONE, ""), others);
    health.close(pane++, new Deltas(), books);
    judge();
  }

  private void scores(long at, long length, long longest) {
    FeedReport.Run run = new FeedReport.Run("m", length, longest);
    health.report(
        new FeedReport(0, now, at + now, at, true, 0, new FeedReport.Counts(1, 0, List.of(run))));
    judge();
  }

  private void judge() {
    changes.addAll(health.judge(now));
  }

  private void restart() {
    ByteWriter reports = new ByteWriter();
    health.writeReports(reports);
    ByteWriter panes = new ByteWriter();
    health.writePanes(panes);
    health = new Health(HealthRules.DEFAULT, SUBJECT);
    health.readPanes(new ByteReader(panes.toBytes()));
    health.readReports(new ByteReader(reports.toBytes()));
  }
}
