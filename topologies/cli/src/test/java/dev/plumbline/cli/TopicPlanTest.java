package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is printed for those who order topics, and what a run makes. */
@Timeout(180)
final class TopicPlanTest {

  private static final int PREDICTIONS = 3;
  private static final int LABELS = 2;
  private static final long LOOK_MILLIS = 200;

  private final Leftovers leftovers = new Leftovers();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path monitor;

  @BeforeEach
  void record() throws IOException {
    monitor = Recorded.in(folder).monitor();
  }

  @AfterEach
  void stop() {
    leftovers.close();
  }

  @Test
  void theListNeedsNoClusterAndSaysWhatIsNotKnown() {
    Shell shell = Shell.run("topics", "--print", monitor);

    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out())
        .contains("application id and consumer group: plumbline-small")
        .contains("transactional ids: plumbline-small-*")
        .containsPattern("plumbline-small-intake-0-state-changelog +engine +as small.predictions ")
        .containsPattern("plumbline.audit +output +1 +broker's +cleanup.policy=delete ")
        .containsPattern("Read +group +literal +plumbline-small\n")
        .containsPattern("Write +transactional-id +prefixed +plumbline-small-\n");
    assertThat(Shell.run("topics", "--print", monitor, "--input-partitions", "3").err())
        .contains(
            "--input-partitions: expected a count for each of small.predictions, small.labels, was 1");
    assertThat(Shell.run("topics", "check").err()).contains("expected create or check with");
  }

  @Test
  void whatIsPrintedIsWhatARunMakes() throws Exception {
    Platform platform = Platform.start(leftovers);
    platform.create(List.of("small.predictions"), PREDICTIONS);
    platform.create(List.of("small.labels"), LABELS);
    String counts = PREDICTIONS + "," + LABELS;
    JsonNode plan =
        new ObjectMapper()
            .readTree(
                Shell.run("topics", "--print", monitor, "--json", "--input-partitions", counts)
                    .out());
    Map<String, Integer> printed = new TreeMap<>();
    plan.get("topics")
        .forEach(topic -> printed.put(topic.get("name").asText(), topic.get("partitions").asInt()));

    try (LiveShell shell = LiveShell.start(run(platform));
        Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
      String group = plan.get("group").asText();
      String prefix = plan.get("transactional_id_prefix").asText();
      while (!topics(admin).keySet().containsAll(printed.keySet())
          || !groups(admin).contains(group)
          || transactions(admin).isEmpty()) {
        assertThat(shell.isAlive()).as(shell.err() + shell.log()).isTrue();
        Thread.sleep(LOOK_MILLIS);
      }

      assertThat(topics(admin)).isEqualTo(printed);
      assertThat(groups(admin)).containsOnly(group);
      assertThat(transactions(admin)).allMatch(id -> id.startsWith(prefix));
      for (JsonNode topic : plan.get("topics")) {
        assertThat(settings(admin, topic.get("name").asText()))
            .containsAllEntriesOf(
                new ObjectMapper().convertValue(topic.get("settings"), Settings.class));
      }
    }
  }

  /** Values by name. */
  private static final class Settings extends TreeMap<String, String> {
    private static final long serialVersionUID = 1;
  }

  private String[] run(Platform platform) {
    return new String[] {
      "run",
      "--monitor",
      monitor.toString(),
      "--bootstrap-servers",
      platform.bootstrapServers(),
      "--schema-registry-url",
      platform.registryUrl()
    };
  }

  /** Partitions of all topics but those of the broker itself. */
  private static Map<String, Integer> topics(Admin admin) throws Exception {
    Set<String> names = new HashSet<>(admin.listTopics().names().get());
    Map<String, Integer> partitions = new TreeMap<>();
    admin
        .describeTopics(names)
        .allTopicNames()
        .get()
        .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
    return partitions;
  }

  private static Set<String> groups(Admin admin) throws Exception {
    Set<String> groups = new TreeSet<>();
    admin.listGroups().all().get().forEach(group -> groups.add(group.groupId()));
    return groups;
  }

  private static Set<String> transactions(Admin admin) throws Exception {
    Set<String> ids = new TreeSet<>();
    admin.listTransactions().all().get().forEach(listing -> ids.add(listing.transactionalId()));
    return ids;
  }

  private static Map<String, String> settings(Admin admin, String topic) throws Exception {
    Collection<Config> configs =
        admin
            .describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
            .all()
            .get()
            .values();
    Map<String, String> settings = new TreeMap<>();
    for (Config config : configs) {
      config.entries().forEach(entry -> settings.put(entry.name(), String.valueOf(entry.value())));
    }
    return settings;
  }
}
