package dev.plumbline.state.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A prediction with a final label is over long before its horizon, also after a restart. */
final class FinalLabelsTest {

  private static final IdHash ID = new IdHash(1, 2);
  private static final IdHash OTHER = new IdHash(3, 4);

  /** The label is known in pane 16, and 50 ms may pass until all of the id has come. */
  private static final long CLOSED = 23;

  private final Join join = new Join(rules(true), new Silences());

  /** Compacted: of each key the last value, in the order of these. */
  private final Map<String, Consumer<Join>> changelog = new LinkedHashMap<>();

  private final Map<String, Long> said = new TreeMap<>();

  private long offset;

  private static JoinRules rules(boolean isFinal) {
    return new JoinRules(
        new Timing(10, 10, 0, 100, 100, 50, 1000, 16),
        AgeSteps.ofPanes(0, 5, 100),
        1,
        new Outcomes(Outcomes.Combination.LAST, Optional.empty(), isFinal));
  }

  @Test
  void aPredictionIsForgottenSoonAfterItsLabel() {
    Join patient = new Join(rules(false), new Silences());
    for (Join each : List.of(join, patient)) {
      predict(each, ID, 150, "v");
      label(each, 160);
      advance(each, CLOSED - 1);
      assertThat(each.pendingIds()).isOne();
      advance(each, CLOSED);
    }

    assertThat(join.pendingIds()).isZero();
    assertThat(patient.pendingIds()).isOne();
  }

  @Test
  void whatWasWrittenBeforeTheLabelDoesNotComeBack() {
    predict(join, ID, 150, "v");
    predict(join, OTHER, 150, "v");
    flush(15);
    label(join, 160);
    advance(join, CLOSED);
    flush(CLOSED);

    assertThat(restarted(CLOSED).pendingIds()).isOne();
  }

  @Test
  void norDoesAnEntryThatMovedOn() {
    predict(join, ID, 150, "v");
    predict(join, OTHER, 150, "v");
    label(join, 160);
    predict(join, ID, 200, "w");
    flush(16);
    advance(join, CLOSED);
    flush(CLOSED);
    label(join, 240);
    advance(join, CLOSED + 10);
    flush(CLOSED + 10);
    flush(CLOSED + 10); // deletes the segment that it went to

    assertThat(join.pendingIds()).isOne();
    assertThat(restarted(CLOSED + 10).pendingIds()).isOne();
  }

  @Test
  void whatLivesInAnEarlierSegmentIsNotTakenForGone() {
    predict(join, ID, 200, "v");
    flush(15);
    predict(join, ID, 150, "w");
    advance(join, 16);
    flush(16);

    assertThat(join.pendingIds()).isOne();
    assertThat(restarted(16).pendingIds()).isOne();
  }

  @Test
  void aLabelThatComesLongAfterIsAnOrphanWhetherThePredictionIsForgottenYetOrNot() {
    Label label = new Label(ID, 240, 240, Event.NO_SEQUENCE, 0);

    assertThat(saidOf(label, CLOSED + 1)).isEqualTo(saidOf(label, 16));
    assertThat(said.keySet()).anyMatch(what -> what.contains("ORPHAN"));
  }

  @Test
  void anIdThatIsUsedAgainLongAfterIsNewWhetherTheFirstIsForgottenYetOrNot() {
    Prediction again = new Prediction(ID, 240, Event.NO_SEQUENCE, cell("v"), 1, 500_000);

    assertThat(saidOf(again, CLOSED + 1)).isEqualTo(saidOf(again, 16));
    assertThat(said.keySet()).noneMatch(what -> what.contains("DUPLICATE"));
  }

  /** All that a join says of a labelled prediction and of a record after the frontier has come. */
  private Map<String, Long> saidOf(Event event, long frontier) {
    said.clear();
    Join to = new Join(rules(true), new Silences());
    predict(to, ID, 150, "v");
    label(to, 160);
    advance(to, frontier);
    add(to, event);
    advance(to, CLOSED + 200);
    return Map.copyOf(said);
  }

  private Join restarted(long frontier) {
    Join restarted = new Join(rules(true), new Silences());
    changelog.values().forEach(entry -> entry.accept(restarted));
    restarted.resumeAt(frontier, frontier);
    return restarted;
  }

  private void flush(long frontier) {
    join.log()
        .flush(
            frontier,
            (key, value) -> {
              changelog.remove(Arrays.toString(key));
              if (value != null) {
                changelog.put(Arrays.toString(key), to -> to.log().restore(key, value));
              }
            });
  }

  private void predict(Join to, IdHash id, long time, String version) {
    add(to, new Prediction(id, time, Event.NO_SEQUENCE, cell(version), 1, 500_000));
  }

  private static Cell cell(String version) {
    return new Cell("m", version, List.of());
  }

  private void label(Join to, long time) {
    add(to, new Label(ID, time, time, Event.NO_SEQUENCE, 1));
  }

  private void add(Join to, Event event) {
    to.add(new Arrived(0, offset++, event.time(), event), this::delta, this::left);
  }

  private void advance(Join of, long frontier) {
    of.advance(frontier, frontier, this::delta, this::left);
  }

  private void delta(long pane, Counter counter, long amount) {
    said.merge(pane + " " + counter, amount, Long::sum);
    said.values().removeIf(sum -> sum == 0);
  }

  private void left(Arrived record, RecordState state, RejectReason reason, long pane) {
    said.merge(pane + " " + record.event().time() + " " + state + " " + reason, 1L, Long::sum);
  }
}
