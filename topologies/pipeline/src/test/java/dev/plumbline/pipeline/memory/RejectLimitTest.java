package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.avro.Reject;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.testkit.Generator;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejects are published up to a limit of each reason, partition and pane; the rest is counted. */
final class RejectLimitTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long LIMIT = 1000;

  /** Late labels that arrive at their own time, and at the clock of a pane before, in turn. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLimitHoldsInEachOfSeveralPanes(boolean isKilled) {
    Plan plan = Plan.of(1).withEvents(10);
    Flow flow = RawRecords.flow(Generator.hostile(plan).log(), plan.rules(), 1, List.of());
    int labels = plan.predictionPartitions();
    long old = 2 * plan.rules().timing().lateBy() / HOUR;
    Rehearsal run = new Rehearsal(flow, 1);
    for (int i = 0; i < 4 * LIMIT; i++) {
      long time = (10_000 - i % 2 * 3L * plan.rules().timing().grace() / HOUR) * HOUR;
      Label late = new Label(new IdHash(3, i), time, time - old * HOUR, Event.NO_SEQUENCE, 1);
      run.read(labels, RawRecords.incoming(new Raw.Mapped(i, 10_000 * HOUR, late)));
      if (i % 500 == 0) {
        run.commit();
        if (isKilled) {
          run.crash();
        }
      }
    }
    run.commit();

    Map<String, Long> byPane = new TreeMap<>();
    run.published().values().stream()
        .flatMap(List::stream)
        .filter(published -> published.output() == Output.REJECTS)
        .map(published -> (Reject) published.value())
        .forEach(reject -> byPane.merge(String.valueOf(reject.getPane()), 1L, Long::sum));
    // The first record came before any clock.
    assertThat(byPane.values()).containsExactlyInAnyOrder(1L, LIMIT, LIMIT);
  }
}
