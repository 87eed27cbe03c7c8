package dev.plumbline.state.join;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Panes of 10, a retention of 15 panes: what a prediction may ask is over after 30. */
final class SubjectsTest {

  private static final IdHash PERSON = new IdHash(5, 6);
  private static final long WINDOW = 30;
  static final JoinRules RULES =
      new JoinRules(
          new Timing(10, 10, 0, 100, 50, 50, 1000, 2),
          AgeSteps.ofPanes(0, 5, 100),
          1,
          Outcomes.OF_LAST);

  private final Join join = new Join(RULES, new Silences());
  private final Map<Counter, Long> counters = new HashMap<>();

  /** The same by arrival pane, without zeros and books. */
  private final Map<String, Long> sums = new TreeMap<>();

  private final Map<byte[], byte[]> changelog = new TreeMap<>(Arrays::compare);
  private long offset;
  private int heard;

  @Test
  void aDeletionTakesBackWhatBecameKnownAtItsTimeWhateverTheSequence() {
    predict(1, 100);
    add(new Attributes(PERSON, 120, 7, Attributes.ALWAYS, List.of("z")));
    add(deletion(120, Attributes.ALWAYS));

    assertThat(predicted()).containsExactly("missing=1");
    add(said(121, "z"));
    assertThat(predicted()).containsExactly("z=1");
  }

  @Test
  void aDeletionTakesBackWhatWillHoldLater() {
    add(said(90, 200, "f"));
    add(deletion(120, 120));
    predict(1, 210);

    assertThat(predicted()).containsExactly("missing=1");
  }

  @Test
  void predictionsBeforeADeletionKeepWhatHeldAtTheirTime() {
    add(said(50, 50, "f"));
    add(deletion(120, 120));
    predict(1, 110);
    predict(2, 120);

    assertThat(predicted()).containsExactly("f=1", "missing=1");
  }

  @Test
  void whatWasDeletedAndTheDeletionGoWhenNobodyMayAskAnyMore() {
    add(said(90, 90, "f"));
    add(deletion(120, 120));
    flush();
    advance(12 + WINDOW);
    flush();
    assertThat(join.subjects().size()).isOne();
    assertThat(text()).contains("f");

    advance(12 + WINDOW + 1);
    flush();

    assertThat(join.subjects().size()).isZero();
    assertThat(changelog).isEmpty();
  }

  @Test
  void theyGoAfterARestartToo() {
    add(said(90, "f"));
    add(deletion(120, Attributes.ALWAYS));
    flush();
    Join restarted = new Join(RULES, new Silences());
    changelog.forEach((key, value) -> restarted.subjects().restore(key, value));
    restarted.resumeAt(20, 20);
    assertThat(restarted.subjects().size()).isOne();

    advance(restarted, 12 + WINDOW + 1);
    restarted.subjects().flush(this::write);

    assertThat(restarted.subjects().size()).isZero();
    assertThat(changelog).isEmpty();
  }

  @Test
  void whatIsKnownAfterADeletionStays() {
    add(said(90, "f"));
    add(deletion(120, Attributes.ALWAYS));
    add(said(130, "m"));
    advance(50);
    flush();

    assertThat(text()).contains("m").doesNotContain("f");
  }

  @Test
  void whatArrivesLongAfterADeletionIsNewHoweverOldItIs() {
    long late = 120 + 10 * WINDOW;
    add(deletion(120, Attributes.ALWAYS));
    add(said(90, "f"), late + 10);
    predict(1, late + 20);
    assertThat(predicted()).containsExactly("f=1");

    add(deletion(130, Attributes.ALWAYS));

    assertThat(predicted()).containsExactly("missing=1");
  }

  @Test
  void aWordThatNoDeletionReachesOutlivesAWeightierOneThatIsDeletedLater() {
    long late = 130 + 10 * (WINDOW + 5);
    advance(13);
    add(said(130, "m"));
    add(said(120, "f"), late);
    add(deletion(140, Attributes.ALWAYS));
    predict(1, late + 10);

    assertThat(predicted()).containsExactly("f=1");
  }

  @Test
  void aWordThatRepeatsWhatIsKnownMovesNobodyAndTakesNoRoom() {
    for (int i = 0; i < 50; i++) {
      predict(i, 200);
    }
    add(said(210, "f"));
    heard = 0;

    for (long time = 220; time < 320; time += 10) {
      advance(time / 10);
      add(said(time, "f"));
      flush();
    }

    assertThat(heard).isZero();
    assertThat(predicted()).containsExactly("f=50");
    assertThat(text().chars().filter(c -> c == 'f').count()).isOne();
    assertThat(changelog.values().iterator().next().length).isLessThan(50);
  }

  @Test
  void aWordThatSaysAgainWhatWasSaidBeforeAnotherMoves() {
    predict(1, 200);
    add(said(210, "f"));
    add(said(230, "m"));
    add(said(240, "f"));

    assertThat(predicted()).containsExactly("f=1");
  }

  @Test
  void aRepeatedWordStaysAsLongAsOthersMayComeBetweenTheOnesAroundIt() {
    predict(1, 200);
    advance(20);
    add(said(210, "f"));
    add(said(240, "f"));
    add(said(270, "f"));
    Map<String, Long> before = Map.copyOf(sums);

    add(said(220, "m"), 250);

    assertThat(sums).isEqualTo(before);
  }

  @Test
  void aRepeatedWordStaysAsLongAsADeletionMayLeaveNoOther() {
    predict(1, 100);
    add(said(110, "f"));
    add(deletion(120, Attributes.ALWAYS));
    add(said(130, "f"));
    add(new Label(new IdHash(0, 1), 140, 140, Event.NO_SEQUENCE, 1));
    add(said(150, "f"));
    advance(16);
    Map<String, Long> before = Map.copyOf(sums);

    add(said(170, "f"));

    assertThat(sums).isEqualTo(before);
  }

  @Test
  void whoIsNotPendingAnyMoreIsNotLookedFor() {
    for (int i = 0; i < 40; i++) {
      predict(i, 100 + 5 * i);
    }
    assertThat(join.subjects().awaited()).isOne();

    advance(60);

    assertThat(join.pendingIds()).isZero();
    assertThat(join.subjects().awaited()).isZero();
  }

  @Test
  void copiesBeyondTheBoundAreNotLookedFor() {
    for (int i = 0; i < 6; i++) {
      add(prediction(1, 120 - i, PERSON));
    }
    for (int i = 0; i < 3; i++) {
      add(prediction(1, 110 - i, new IdHash(7, i)));
    }

    assertThat(join.subjects().awaited()).isEqualTo(2);
  }

  @Test
  void predictionsThatAreOverAreNotMoved() {
    add(prediction(1, 100, PERSON), 190);
    heard = 0;

    add(said(260, "f"));

    assertThat(join.pendingIds()).isOne();
    assertThat(heard).isZero();
  }

  /** How many predictions are in each cell. */
  private List<String> predicted() {
    Map<String, Long> sums = new TreeMap<>();
    counters.forEach(
        (counter, amount) -> {
          if (counter instanceof Predicted predicted) {
            sums.merge(predicted.cell().values().get(0), amount, Long::sum);
          }
        });
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue() != 0)
        .map(Object::toString)
        .toList();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    changelog.values().forEach(value -> text.append(new String(value, UTF_8)));
    return text.toString();
  }

  private void flush() {
    join.subjects().flush(this::write);
  }

  private void write(byte[] key, byte @Nullable [] value) {
    if (value == null) {
      changelog.remove(key);
    } else {
      changelog.put(key, value);
    }
  }

  private static Attributes said(long time, String value) {
    return said(time, Attributes.ALWAYS, value);
  }

  private static Attributes said(long time, long since, String value) {
    return new Attributes(PERSON, time, Event.NO_SEQUENCE, since, List.of(value));
  }

  private static Attributes deletion(long time, long since) {
    return new Attributes(PERSON, time, Event.NO_SEQUENCE, since, true, List.of(Cell.MISSING));
  }

  private void predict(int id, long time) {
    add(prediction(id, time, PERSON));
  }

  static Prediction prediction(int id, long time, IdHash subject) {
    Cell cell = new Cell("m", "v", List.of(Cell.MISSING));
    return new Prediction(
        new IdHash(0, id), time, Event.NO_SEQUENCE, cell, 1, 500_000, List.of(subject));
  }

  private void add(Event event) {
    add(event, event.time());
  }

  private void add(Event event, long arrival) {
    join.add(
        new Arrived(0, offset++, arrival, event),
        (pane, counter, amount) -> {
          counters.merge(counter, amount, Long::sum);
          if (!(counter instanceof Booked)) {
            sums.merge(pane + " " + counter, amount, Long::sum);
          }
          sums.values().removeIf(sum -> sum == 0);
          heard++;
        },
        (left, state, reason, pane) -> {});
  }

  private void advance(long frontier) {
    advance(join, frontier);
  }

  static void advance(Join of, long frontier) {
    of.advance(
        frontier, frontier, (pane, counter, amount) -> {}, (record, state, reason, pane) -> {});
  }
}
