package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.step.ReadAhead;
import dev.plumbline.pipeline.step.Steps.Input;
import dev.plumbline.streams.MonitorTopology.Run;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MonitorTopologyTest {

  private static final Map<Output, String> OUTPUTS =
      Map.of(
          Output.METRICS, "gap.metrics",
          Output.ALERTS, "gap.alerts",
          Output.REJECTS, "gap.rejects",
          Output.AUDIT, "gap.audit",
          Output.HEALTH, "gap.health");

  @Test
  void topologyIsTheGoldenText() throws Exception {
    List<Input> inputs =
        List.of(new Input("predictions", 0), new Input("predictions", 1), new Input("labels", 0));
    ToySteps steps = new ToySteps("gap", inputs, 3, 2, step -> {});
    MonitorTopology topology =
        new MonitorTopology(
            steps,
            new MonitorTopics(steps, OUTPUTS),
            record -> new byte[0],
            new InputPositions(inputs, new ReadAhead(inputs.size(), 0, 1)),
            new Run(Map.of(), Duration.ofMillis(200)));

    String text = topology.build().describe().toString();

    try (InputStream golden = MonitorTopologyTest.class.getResourceAsStream("/topology.txt")) {
      assertThat(text)
          .isEqualToIgnoringWhitespace(
              new String(Objects.requireNonNull(golden).readAllBytes(), UTF_8));
    }
  }
}
