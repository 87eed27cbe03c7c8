package dev.plumbline.state.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stays of subjects in the state of a join. */
final class SubjectsTest {

  private static final Timing TIMING = new Timing(10, 10, 0, 100, 100, 50, 1000, 16);
  private static final JoinRules RULES =
      new JoinRules(TIMING, AgeSteps.ofPanes(0, 5, 100), 1, Outcomes.OF_LAST);
  private static final IdHash WHO = new IdHash(7, 8);
  private static final Cell CELL = new Cell("m", "v", List.of(Cell.MISSING));
  private static final long LONG_AFTER = 1_000;

  private final Join join = new Join(RULES, new Silences());
  private final Map<Byte, String> changelog = new HashMap<>();

  private void say(long time, long sequence, String value) {
    add(new Attributes(WHO, time, sequence, Attributes.ALWAYS, List.of(value)));
  }

  private void add(Event event) {
    join.add(
        List.of(new Arrived(0, 0, event.time(), event)),
        new Deltas(),
        (record, state, reason, pane) -> {});
  }

  private void advance(long pane) {
    join.advance(pane, pane, new Deltas(), (record, state, reason, end) -> {});
  }

  private String written() {
    join.subjects()
        .flush(
            (key, value) -> changelog.put(key[0], new String(value, StandardCharsets.ISO_8859_1)));
    return changelog.getOrDefault((byte) 's', "");
  }

  private String value(long pane) {
    Prediction prediction =
        new Prediction(new IdHash(1, 2), 150, Event.NO_SEQUENCE, CELL, 1, 0, List.of(WHO));
    return join.subjects().cell(prediction, pane).values().get(0);
  }

  @Test
  void whatWasDeletedIsGoneWhenNobodyCanAskForItAnyMore() {
    say(100, Event.NO_SEQUENCE, "female");
    say(200, Event.NO_SEQUENCE, Cell.MISSING);
    assertThat(value(19)).isEqualTo("female");
    assertThat(value(20)).isEqualTo(Cell.MISSING);
    assertThat(written()).contains("female");

    advance(LONG_AFTER);

    assertThat(value(20)).isEqualTo(Cell.MISSING);
    assertThat(written()).doesNotContain("female");
  }

  @Test
  void aRestartForgetsWhatWasDeletedToo() {
    say(100, Event.NO_SEQUENCE, "female");
    say(200, Event.NO_SEQUENCE, Cell.MISSING);
    Join restarted = new Join(RULES, new Silences());
    join.subjects().flush((key, value) -> restarted.subjects().restore(key, value));

    restarted.advance(LONG_AFTER, LONG_AFTER, new Deltas(), (record, state, reason, pane) -> {});

    restarted
        .subjects()
        .flush(
            (key, value) ->
                assertThat(new String(value, StandardCharsets.ISO_8859_1))
                    .doesNotContain("female"));
    assertThat(restarted.subjects().isNews(deletion(), LONG_AFTER)).isFalse();
  }

  private static Attributes deletion() {
    return new Attributes(WHO, 200, Event.NO_SEQUENCE, Attributes.ALWAYS, List.of(Cell.MISSING));
  }

  @Test
  void aDeletionComesAfterWhatBecameKnownWithIt() {
    say(200, 9, "female");
    say(200, Event.NO_SEQUENCE, Cell.MISSING);
    assertThat(value(20)).isEqualTo(Cell.MISSING);

    say(201, 1, "male");
    assertThat(value(20)).isEqualTo("male");
  }

  @Test
  void manyCorrectionsLeaveOne() {
    for (int i = 0; i < 500; i++) {
      say(100 + i, i, "value" + i);
    }
    advance(LONG_AFTER);

    assertThat(written()).contains("value499").doesNotContain("value498");
    assertThat(value(100)).isEqualTo("value499");
  }

  @Test
  void subjectsOfPredictionsThatAreOverAreForgotten() {
    for (int i = 0; i < 100; i++) {
      IdHash subject = new IdHash(i, 1);
      add(new Prediction(new IdHash(i, 2), 150, Event.NO_SEQUENCE, CELL, 1, 0, List.of(subject)));
    }
    assertThat(join.subjects().depended()).isEqualTo(100);

    advance(LONG_AFTER);
    advance(2 * LONG_AFTER);

    assertThat(join.subjects().depended()).isZero();
  }
}
