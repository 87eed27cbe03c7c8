package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published.Output;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedBroker.Extension.class)
final class StreamsMonitorTest {

  private static final int RECORDS = 2_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aBoundedRunCountsEveryRecordOnceAndEndsEveryPartition(int threads, EmbeddedBroker broker)
      throws Exception {
    try (ToyRun run = new ToyRun(broker, "bounded-" + threads)) {
      run.write(RECORDS);
      run.start(run.settings().withThreads(threads).untilEnd());

      run.awaitToldByAll("end");
      run.awaitAnsweredByAll();
      run.awaitSums();

      assertThat(run.published()).doesNotContainKey("merge-0 quiet");
    }
  }

  @Test
  void partitionsReadToTheirEndAndEmptyOnesBecomeQuiet(EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "quiet")) {
      run.write(RECORDS);
      run.start(run.settings());

      run.awaitToldByAll("quiet");
      run.awaitAnsweredByAll();
      run.awaitSums();

      assertThat(run.published()).doesNotContainKey("merge-0 end");
    }
  }

  @Test
  void publishedRecordsAreCloudEventsWithTheTimeOfTheData(EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "headers")) {
      run.write(1);
      run.start(run.settings());
      run.awaitSums();

      ConsumerRecord<String, String> record =
          run.published().values().stream()
              .filter(candidate -> candidate.key().startsWith("sum "))
              .findFirst()
              .orElseThrow();

      Map<String, String> headers = new HashMap<>();
      record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
      assertThat(headers)
          .containsEntry("ce_specversion", "1.0")
          .containsEntry("ce_id", record.key() + "@" + record.value())
          .containsEntry("ce_type", "dev.plumbline.metrics.v1")
          .containsEntry("ce_source", "/plumbline/monitors/headers")
          .containsEntry("ce_time", "2013-05-31T11:33:20Z");
      assertThat(record.timestamp()).isEqualTo(ToySteps.EPOCH);
      assertThat(record.topic()).isEqualTo(run.topic(Output.METRICS));
    }
  }

  @Test
  void aRestartGoesOnFromTheChangelogAlone(EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "restart")) {
      run.write(RECORDS);
      StreamsMonitor first = run.start(run.settings());
      run.awaitSums();
      first.close();

      run.write(RECORDS);
      run.start(run.settings());

      run.awaitSums();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aSecondInstanceComesAndTheFirstGoes(int standbys, EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "scaling-" + standbys)) {
      Map<String, String> clients = new HashMap<>(run.settings().clients());
      clients.put("num.standby.replicas", Integer.toString(standbys));
      clients.put("probing.rebalance.interval.ms", "60000");
      StreamsSettings settings =
          StreamsSettings.of(clients, run.settings().outputs()).withReplication(1).withThreads(2);
      StreamsMonitor first = run.start(settings);
      run.write(RECORDS);
      run.awaitSums();

      StreamsMonitor second = run.start(settings);
      run.write(RECORDS);
      run.awaitSums();
      run.write(RECORDS);
      first.close();
      run.awaitSums();
      run.start(settings);
      run.write(RECORDS);
      run.awaitSums();

      assertThat(first.problem()).isEmpty();
      assertThat(second.problem()).isEmpty();
    }
  }
}
