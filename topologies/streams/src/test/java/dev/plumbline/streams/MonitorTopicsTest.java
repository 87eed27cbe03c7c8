package dev.plumbline.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.plumbline.pipeline.codec.Published.Output;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedBroker.Extension.class)
final class MonitorTopicsTest {

  @Test
  void nothingOfTheMonitorIsDeletedByTime(EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "kept");
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      run.start(run.settings());

      List<ConfigResource> topics =
          Stream.concat(
                  Stream.of(Output.values()).map(run::topic),
                  Stream.of(
                      "plumbline.kept.clock",
                      "plumbline.kept.progress",
                      "plumbline-kept-rekey-0-repartition",
                      "plumbline-kept-rekey-1-repartition"))
              .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
              .toList();
      Map<ConfigResource, Config> configs = admin.describeConfigs(topics).all().get();

      assertThat(configs.values())
          .hasSize(topics.size())
          .allSatisfy(
              config ->
                  assertThat(config.get(TopicConfig.RETENTION_MS_CONFIG).value()).isEqualTo("-1"));
      assertThat(cleanup(admin, "plumbline.kept.clock")).isEqualTo("compact");
      assertThat(cleanup(admin, "plumbline.kept.progress")).isEqualTo("compact");
      assertThat(cleanup(admin, "plumbline-kept-join-state-changelog")).isEqualTo("compact");
    }
  }

  @Test
  void aTopicThatHasGrownIsRefused(EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "grown");
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createPartitions(Map.of("grown.labels", NewPartitions.increaseTo(4))).all().get();

      assertThatIllegalStateException()
          .isThrownBy(() -> run.start(run.settings()))
          .withMessageContaining("grown.labels must have 2 partitions, has 4")
          .withMessageContaining("start a new generation");
    }
  }

  private static String cleanup(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(resource)).all().get();
    return configs.values().iterator().next().get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
  }
}
