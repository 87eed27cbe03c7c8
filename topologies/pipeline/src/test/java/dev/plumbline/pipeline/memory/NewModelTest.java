package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.ReferenceFrozen;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.testkit.Interleaving;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A model whose first prediction comes after the reference. How far the label-free panes are ahead
 * of the others depends on the order of reading; when the model becomes known must not.
 */
final class NewModelTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long BEGIN = Duration.ofDays(20_000).toMillis();
  private static final int HOURS = 200;

  /** The reference is over after 96 hours. */
  private static final int FIRST_PREDICTION = 150;

  @Test
  void theReferenceOfANewModelIsFrozenInTheSamePaneInAnyOrderOfReading() {
    Log log = log();
    Map<String, List<String>> first = run(log, Interleaving.roundRobin(log), 1).texts();

    for (long seed = 1; seed <= 4; seed++) {
      for (Interleaving order : Interleaving.all(log, seed)) {
        Rehearsal run = run(log, order, seed);

        assertThat(run.texts()).as("%s", order).isEqualTo(first);
        assertThat(frozen(run))
            .containsExactly(Instant.ofEpochMilli(BEGIN + (FIRST_PREDICTION + 1) * HOUR));
      }
    }
  }

  /** The ends of the panes at whose close references were frozen. */
  private static List<Instant> frozen(Rehearsal run) {
    return run.published().values().stream()
        .flatMap(List::stream)
        .map(Published::value)
        .filter(Audit.class::isInstance)
        .map(Audit.class::cast)
        .filter(audit -> audit.getEvent() instanceof ReferenceFrozen)
        .map(Audit::getPaneEnd)
        .toList();
  }

  private static Log log() {
    List<Raw> predictions = new ArrayList<>();
    List<Raw> labels = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      long time = BEGIN + hour * HOUR;
      IdHash id = new IdHash(hour, 0);
      String model = hour < FIRST_PREDICTION ? "not monitored" : Plan.MODEL;
      Cell cell = new Cell(model, "v1", List.of("f", "north"));
      predictions.add(raw(hour, new Prediction(id, time, Event.NO_SEQUENCE, cell, 1, 500_000)));
      labels.add(raw(hour, new Label(id, time, time, Event.NO_SEQUENCE, 1)));
    }
    return new Log(
        List.of(
            Log.Partition.of(Log.Kind.PREDICTIONS, predictions),
            Log.Partition.of(Log.Kind.LABELS, labels)));
  }

  private static Raw raw(int offset, Event event) {
    return new Raw.Mapped(offset, event.time(), event);
  }

  private static Rehearsal run(Log log, Interleaving order, long seed) {
    Flow flow = RawRecords.flow(log, Plan.RULES, 2, List.of());
    Rehearsal run = new Rehearsal(flow, seed);
    int read = 0;
    for (Interleaving.Step step : order) {
      Raw raw = log.partitions().get(step.partition()).records().get(step.record());
      run.read(step.partition(), RawRecords.incoming(raw));
      if (++read % 20 == 0) {
        run.commit();
      }
    }
    run.end(0);
    run.end(1);
    run.commit();
    return run;
  }
}
