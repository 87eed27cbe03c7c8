package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.cube.LabelAge;
import dev.plumbline.state.cube.Shape;
import dev.plumbline.state.cube.WindowSpec;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.NaiveSorter;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds that are read far apart, or of which one sleeps: small streams, an hour a pane. */
final class ApartTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int PREDICTIONS = 0;
  private static final int LABELS = 1;

  private static Raw prediction(long hour, IdHash id, String sex) {
    Cell cell = new Cell(Plan.MODEL, "v", List.of(sex, "north"));
    Prediction event = new Prediction(id, hour * HOUR, Event.NO_SEQUENCE, cell, 1, 500_000);
    return new Raw.Mapped(hour, hour * HOUR, event);
  }

  private static Raw label(long hour, IdHash id, int value) {
    long time = hour * HOUR;
    return new Raw.Mapped(hour, time, new Label(id, time, time, Event.NO_SEQUENCE, value));
  }

  private static IdHash id(long number) {
    return new IdHash(7, number);
  }

  private static List<Raw> predictions(long from, long to) {
    List<Raw> records = new ArrayList<>();
    for (long hour = from; hour < to; hour++) {
      records.add(prediction(hour, id(hour), "f"));
    }
    return records;
  }

  private static JoinRules rules(long horizon, long recall, Outcomes outcomes) {
    Timing timing =
        new Timing(
            HOUR, HOUR, HOUR, horizon * HOUR, horizon * HOUR, recall * HOUR, 5000 * HOUR, 16);
    return new JoinRules(timing, AgeSteps.ofPanes(0, 1, 6, 24), 4, outcomes);
  }

  private static Log log(List<Raw> predictions, List<Raw> labels) {
    return new Log(
        List.of(
            Log.Partition.of(Log.Kind.PREDICTIONS, predictions),
            Log.Partition.of(Log.Kind.LABELS, labels)));
  }

  private static void read(Rehearsal run, int partition, List<Raw> records) {
    records.forEach(record -> run.read(partition, RawRecords.incoming(record)));
  }

  private static Rehearsal ended(Rehearsal run, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
      run.end(partition);
    }
    run.commit();
    run.commit();
    return run;
  }

  @Test
  void anIdIsNewAfterItsFinalLabelHoweverLateThatIsRead() {
    JoinRules rules =
        rules(720, 48, new Outcomes(Outcomes.Combination.LAST, Optional.empty(), true));
    List<Raw> predictions = predictions(1000, 1200);
    predictions.set(100, prediction(1100, id(1001), "m"));
    List<Raw> labels = new ArrayList<>(List.of(label(1000, id(1000), 1), label(1001, id(999), 1)));
    for (long hour = 1002; hour < 1200; hour++) {
      labels.add(label(hour, id(hour - 1), 1));
    }
    Log log = log(predictions, labels);
    Rehearsal run = new Rehearsal(RawRecords.flow(log, rules, 2, List.of()), 1);
    read(run, LABELS, labels.subList(0, 2));
    read(run, PREDICTIONS, predictions);
    run.commit();
    read(run, LABELS, labels.subList(2, labels.size()));

    assertThat(ended(run, 2).deltas())
        .isEqualTo(NaiveSorter.deltas(log, rules, Plan.MODELS, List.of()));
  }

  /** A silence moves the conclusion behind a label, which is withdrawn before it is given. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConclusionThatASilenceHasMovedIsGiven(boolean isKilled) {
    Outcomes.Absence absence = new Outcomes.Absence(20 * HOUR, 0, OptionalInt.empty());
    JoinRules rules =
        rules(720, 48, new Outcomes(Outcomes.Combination.LAST, Optional.of(absence), false));
    List<Raw> predictions = predictions(999, 1100);
    List<Raw> labels =
        List.of(
            label(1000, id(999), 1),
            label(1005, id(1000), 1),
            label(1010, id(1004), 1),
            label(1020, id(1000), Label.WITHDRAWN),
            label(1120, id(1004), 1));
    Log log = log(predictions, labels);
    Rehearsal run = new Rehearsal(RawRecords.flow(log, rules, 1, List.of()), 1);
    read(run, LABELS, labels.subList(0, 3));
    run.commit();
    run.quiet(LABELS);
    read(run, PREDICTIONS, predictions);
    run.commit();
    run.commit();
    read(run, LABELS, labels.subList(3, 4));
    run.commit();
    run.commit();
    if (isKilled) {
      run.crash();
    }
    read(run, LABELS, labels.subList(4, 5));
    run.commit();
    ended(run, 2);

    List<dev.plumbline.testkit.Exclusion> exclusions =
        run.exclusions().stream()
            .map(
                e -> new dev.plumbline.testkit.Exclusion(e.partition(), e.offset(), e.answerPane()))
            .toList();
    assertThat(exclusions).hasSize(1);
    assertThat(run.deltas()).isEqualTo(NaiveSorter.deltas(log, rules, Plan.MODELS, exclusions));
  }

  private static CubeRules cube(JoinRules rules, WindowSpec window, long block) {
    long last = -Math.floorDiv(-rules.timing().retention(), rules.timing().pane()) + 1;
    return new CubeRules(
        List.of("sex", "region"),
        1,
        50,
        List.of(Set.of(), Set.of()),
        1,
        new Shape(2, rules.ages().beyond() + 1, 4),
        CubeRules.NOT_SAMPLED,
        block,
        List.of(window),
        List.of(new LabelAge(LabelAge.FINAL, last)));
  }

  private static Flow.InputPartition input(Flow.Kind kind, int partition, boolean isWhole) {
    String topic = kind == Flow.Kind.LABELS ? "labels" : "predictions";
    return new Flow.InputPartition(kind, topic, partition, isWhole ? 0 : 100, isWhole);
  }

  private static Flow flow(
      JoinRules rules,
      CubeRules cube,
      List<Flow.InputPartition> inputs,
      List<Flow.Exclusion> exclusions) {
    return new Flow(
        "apart",
        "digest",
        Plan.MODELS,
        rules,
        cube,
        Optional.empty(),
        1000,
        Long.MAX_VALUE,
        2,
        inputs,
        exclusions);
  }

  @Test
  void aPartitionThatWasIdleFirstHasNoStart() {
    JoinRules rules = rules(24, 12, Outcomes.OF_LAST);
    CubeRules cube = cube(rules, new WindowSpec("6h", 6, 6), 6);
    List<Flow.InputPartition> inputs =
        List.of(
            input(Flow.Kind.PREDICTIONS, 0, false),
            input(Flow.Kind.LABELS, 1, false),
            input(Flow.Kind.PREDICTIONS, 2, false));
    List<Raw> predictions = predictions(1000, 1200);
    List<Raw> late = new ArrayList<>();
    List<Raw> orphans = new ArrayList<>();
    for (long hour = 1000; hour < 1200; hour++) {
      orphans.add(label(hour, new IdHash(9, hour), 1));
      if (hour >= 1150) {
        late.add(prediction(hour, new IdHash(8, hour), "f"));
      }
    }

    Rehearsal live = new Rehearsal(flow(rules, cube, inputs, List.of()), 1);
    live.quiet(2);
    for (int i = 0; i < 200; i++) {
      read(live, 0, predictions.subList(i, i + 1));
      read(live, 1, orphans.subList(i, i + 1));
      read(live, 2, i < 150 ? List.of() : late.subList(i - 150, i - 149));
      live.commit();
    }
    ended(live, 3);
    Rehearsal replay = new Rehearsal(flow(rules, cube, inputs, live.exclusions()), 2);
    read(replay, 2, late);
    read(replay, 1, orphans);
    read(replay, 0, predictions);

    assertThat(live.exclusions()).hasSize(1);
    assertThat(ended(replay, 3).texts()).isEqualTo(live.texts());
    assertThat(live.texts().toString()).contains("\"warm_up\": true", "\"warm_up\": false");
  }

  /** The changes of the last period are found again, though its block is long over. */
  @ParameterizedTest
  @ValueSource(longs = {20, 200, 237})
  void aRestartLosesNoRevisionOfTheWindowOfEverything(long crash) {
    JoinRules rules = rules(24, 12, Outcomes.OF_LAST);
    long advance = 240;
    CubeRules cube = cube(rules, new WindowSpec("all", 0, advance), advance);
    List<Flow.InputPartition> inputs =
        List.of(input(Flow.Kind.PREDICTIONS, 0, true), input(Flow.Kind.LABELS, 1, true));
    Flow flow = flow(rules, cube, inputs, List.of());
    long men = 11 * advance;

    assertThat(everything(flow, advance, men + crash).texts())
        .isEqualTo(everything(flow, advance, Long.MAX_VALUE).texts());
  }

  private static Rehearsal everything(Flow flow, long advance, long crash) {
    long men = 11 * advance;
    Rehearsal run = new Rehearsal(flow, 1);
    for (long hour = 10 * advance; hour < 13 * advance; hour++) {
      read(run, PREDICTIONS, List.of(prediction(hour, id(hour), hour < men ? "f" : "m")));
      if (hour >= 10 * advance + 5) {
        read(run, LABELS, List.of(label(hour, id(hour - 5), 1)));
      }
      run.commit();
      if (hour == crash) {
        run.crash();
      }
    }
    return ended(run, 2);
  }
}
