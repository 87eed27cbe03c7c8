package dev.plumbline.state.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A prediction that outlives its interval, as a copy of it came in the next one, and a label that
 * is an orphan: what was settled is not settled again, whatever comes for the id, nor after a
 * restart.
 */
final class JoinDeadlinesTest {

  private static final JoinRules RULES =
      new JoinRules(
          new Timing(10, 10, 0, 100, 100, 50, 1000, 16),
          AgeSteps.ofPanes(0, 5, 100),
          1,
          Outcomes.OF_LAST);
  private static final IdHash ID = new IdHash(1, 2);
  private static final Cell CELL = new Cell("m", "v", List.of());
  private static final long SETTLED = 36;

  private final Join join = new Join(RULES, new Silences());
  private final List<Long> panes = new ArrayList<>();
  private final List<Long> leavers = new ArrayList<>();

  @BeforeEach
  void settleAnOrphan() {
    add(new Prediction(ID, 150, Event.NO_SEQUENCE, CELL, 1, 500_000), 0);
    add(new Prediction(ID, 210, Event.NO_SEQUENCE, CELL, 0, 500_000), 1);
    add(new Label(ID, 350, 300, Event.NO_SEQUENCE, 1), 2);
    advance(join, SETTLED);
    assertThat(leavers).containsExactly(35L);
    panes.clear();
    leavers.clear();
  }

  @Test
  void anotherRecordOfTheIdSettlesNothingAgain() {
    add(new Label(ID, 365, 365, Event.NO_SEQUENCE, 0), 3);
    advance(join, SETTLED + 1);

    assertThat(panes).containsOnly(SETTLED);
    assertThat(leavers).isEmpty();
  }

  @Test
  void aRestartSettlesNothingAgain() {
    Join restarted = new Join(RULES, new Silences());
    join.log().flush(SETTLED, (key, value) -> restore(restarted, key, value));
    restarted.resumeAt(SETTLED, SETTLED);
    advance(restarted, SETTLED + 1);

    assertThat(panes).isEmpty();
    assertThat(leavers).isEmpty();
  }

  @Test
  void everyIdIsForgottenInTheEnd() {
    advance(join, 1_000);

    assertThat(join.pendingIds()).isZero();
  }

  private static void restore(Join restarted, byte[] key, byte @Nullable [] value) {
    restarted.log().restore(key, value);
  }

  private void add(Event event, long offset) {
    join.add(
        new Arrived(0, offset, event.time(), event),
        (pane, counter, amount) -> panes.add(pane),
        (record, state, reason, pane) -> leavers.add(pane));
  }

  private void advance(Join of, long frontier) {
    of.advance(
        frontier,
        frontier,
        (pane, counter, amount) -> panes.add(pane),
        (record, state, reason, pane) -> leavers.add(pane));
  }
}
