package dev.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.testkit.traffic.Observation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioTest {

  private static final int DAYS = 26;
  private static final int COMMIT_RECORDS = 5_000;

  private final StringWriter shown = new StringWriter();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyPlantedFaultIsFoundAndSlowLabelsRaiseNoAlert(long seed) {
    Scenario scenario = Scenario.of(seed, EnumSet.allOf(Scenario.Kind.class), DAYS);

    assertThat(concludes(scenario)).as(shown.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {3})
  void withoutFaultsThereIsNoAlert(long seed) {
    assertThat(concludes(Scenario.of(seed, Set.of(), DAYS))).as(shown.toString()).isTrue();
    assertThat(shown.toString()).doesNotContain("ALERT").contains("window 2026-01-01");
  }

  @Test
  void thePlantedTimeMovesWithTheSeed() {
    Set<Integer> days = new java.util.HashSet<>();
    for (long seed = 1; seed <= 5; seed++) {
      days.add(Scenario.of(seed, EnumSet.of(Scenario.Kind.DEGRADE), DAYS).planted().get(0).day());
    }
    assertThat(days).hasSizeGreaterThan(2);
  }

  @Test
  void aFaultIsPlantedInTheSamePlaceWhateverElseIs() {
    Scenario all = Scenario.of(4, EnumSet.allOf(Scenario.Kind.class), DAYS);
    Scenario one = Scenario.of(4, EnumSet.of(Scenario.Kind.DRIFT), DAYS);

    assertThat(all.planted()).containsAll(one.planted());
  }

  /** Reads the scenario's traffic through the demo's monitor, without Kafka. */
  private boolean concludes(Scenario scenario) {
    Monitor monitor = MonitorFile.parse(Demo.monitorText(), "demo.yaml").orThrow();
    IdHash.Key key = monitor.settings().idKey().key(Map.of());
    List<InputPartition> inputs =
        List.of(
            new InputPartition(Kind.PREDICTIONS, "demo.predictions", 0, 0, true),
            new InputPartition(Kind.LABELS, "demo.labels", 0, 0, true));
    Event[] next = new Event[1];
    MonitorSteps steps =
        new MonitorSteps(
            Flows.of(monitor, inputs, List.of()),
            partition -> record -> new Mapped.Admitted(next[0]));
    PrintWriter out = new PrintWriter(shown);
    Screen screen = new Screen(out, scenario);
    MemoryRun run = new MemoryRun(steps, screen::show);
    long offset = 0;
    for (Observation seen : scenario.traffic()) {
      next[0] =
          seen.fold(scored -> scored.toPrediction(key, "loans", "1"), known -> known.toLabel(key));
      int partition = next[0] instanceof dev.plumbline.state.record.Label ? 1 : 0;
      run.read(partition, new Incoming(offset++, seen.time(), null, new byte[0]));
      if (offset % COMMIT_RECORDS == 0) {
        run.commit();
      }
    }
    run.commit();
    return screen.conclude();
  }
}
