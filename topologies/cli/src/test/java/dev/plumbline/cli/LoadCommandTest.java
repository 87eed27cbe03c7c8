package dev.plumbline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a file of attributes that {@code load} brings into a topic. */
@Timeout(120)
final class LoadCommandTest {

  private static final int PARTITIONS = 3;

  private static final String PEOPLE =
      """
      attributes:
        - subject: person
          topic: people
          format: csv
          columns: [sex, seen]
          fields: {id: {key: text}, known: seen, attributes: {sex: {field: sex, map: {F: F, M: M}}}}
      subgroups:""";

  /** The first digits of times on one day, epoch milliseconds. */
  private static final String DAY = "176722560000";

  private static final String NIGHT = "2025-12-31T00:00:00Z";
  private static final String NOON = "2026-01-01T12:00:00Z";

  private final Leftovers leftovers = new Leftovers();

  @TempDir private Path folder;
  private Platform platform;
  private Recorded recorded;
  private Path monitor;

  @SuppressWarnings("NullAway.Init") // set by start, which comes first
  LoadCommandTest() {}

  @BeforeEach
  void start() throws IOException {
    platform = Platform.start(leftovers);
    platform.create(List.of("people"), PARTITIONS);
    recorded = Recorded.in(folder);
    monitor = folder.resolve("elsewhere.yaml");
    Files.writeString(
        monitor,
        Files.readString(recorded.monitor())
            .replace("attributes: {sex: sex}", "subjects: {person: id}")
            .replace("subgroups:", PEOPLE));
  }

  @AfterEach
  void stop() {
    leftovers.close();
  }

  private Path file(String... rows) throws IOException {
    List<String> timed = Stream.of(rows).map(row -> row.replace("@", DAY)).toList();
    return Files.write(folder.resolve("people.csv"), timed);
  }

  private Shell load(Path monitorFile, Path file, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("load", "--monitor", monitorFile));
    arguments.addAll(List.of("--attributes", file));
    arguments.addAll(List.of("--bootstrap-servers", platform.bootstrapServers()));
    arguments.addAll(Arrays.asList(more));
    return Shell.run(arguments.toArray());
  }

  private Shell load(Path file, String... more) {
    return load(monitor, file, more);
  }

  /** The records of the topic as {@code key=value}, in the order of a key. */
  private List<String> topic() {
    List<String> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = platform.consumer()) {
      List<TopicPartition> partitions =
          Stream.of(0, 1, 2).map(number -> new TopicPartition("people", number)).toList();
      consumer.assign(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(n -> n).sum();
      while (records.size() < end) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(100))) {
          String value = one.value() == null ? "" : new String(one.value(), UTF_8);
          records.add(new String(one.key(), UTF_8) + "=" + value.replace(DAY, "@"));
        }
      }
    }
    return records;
  }

  @Test
  void whatIsNewOrChangedIsWritten() throws IOException {
    Shell first = load(file("note,kafka_key,seen,sex", "x,a,@1,F", "\"y,z\",b,@1,M", ",c,@1,F"));
    Shell again = load(file("kafka_key,seen,sex", "c,@2,F", "b,@2,M", "a,@2,F"));
    Shell second = load(file("kafka_key,seen,sex", "a,@3,F", "b,@3,F", "d,@3,M"));

    assertThat(first.err()).doesNotContain("row");
    assertThat(first.out()).isEqualTo("people: 3 new, 0 changed, 0 unchanged, 0 gone\n");
    assertThat(again.out()).isEqualTo("people: 0 new, 0 changed, 3 unchanged, 0 gone\n");
    assertThat(second.out()).isEqualTo("people: 1 new, 1 changed, 1 unchanged, 1 gone and kept\n");
    assertThat(topic())
        .filteredOn(record -> record.startsWith("b"))
        .containsExactly("b=M,@1", "b=F,@3");
    assertThat(topic()).hasSize(5).contains("a=F,@1", "c=F,@1", "d=M,@3");
  }

  @Test
  void whoIsGoneIsDeletedIfThatIsWanted() throws IOException {
    load(file("kafka_key,seen,sex", "a,@1,F", "b,@1,M"));
    Shell deleted = load(file("kafka_key,seen,sex", "a,@1,F"), "--delete-gone");
    Shell again = load(file("kafka_key,seen,sex", "a,@1,F"), "--delete-gone");
    Shell back = load(file("kafka_key,seen,sex", "a,@1,F", "b,@1,M"));

    assertThat(deleted.out())
        .isEqualTo("people: 0 new, 0 changed, 1 unchanged, 1 gone and deleted\n");
    assertThat(again.out()).isEqualTo("people: 0 new, 0 changed, 1 unchanged, 0 gone\n");
    assertThat(back.out()).isEqualTo("people: 1 new, 0 changed, 1 unchanged, 0 gone\n");
    assertThat(topic())
        .filteredOn(record -> record.startsWith("b"))
        .containsExactly("b=M,@1", "b=", "b=M,@1");
  }

  @Test
  void aFileThatDoesNotFitLeavesTheTopicAsItIs() throws IOException {
    Shell shell =
        load(file("kafka_key,seen,sex", "a,@1,F", "b,yesterday,M", ",@1,M", "c,@1", "a,@1,M"));

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err())
        .contains("people.csv: row 2: expected what the monitor file maps; ")
        .contains("people.csv: row 3: expected an id in kafka_key, was none that fits")
        .contains("people.csv: row 4: expected 3 columns, was 2")
        .contains("people.csv: row 5: expected one row for each subject, was that of row 1 again")
        .contains("nothing was written")
        .doesNotContain("yesterday");
    assertThat(load(file("kafka_key,sex", "a,F")).err())
        .contains("people.csv:1: expected a column seen, was none of that name");
    assertThat(topic()).isEmpty();
  }

  @Test
  void whereRowsDoNotFitTheTopicSaysSo() throws IOException {
    Path people = file("kafka_key,seen,sex", "a,@1,F");
    String text = Files.readString(monitor);
    Path json = folder.resolve("json.yaml");
    Files.writeString(
        json,
        text.replace(
            "topic: people\n    format: csv\n    columns: [sex, seen]",
            "topic: people\n    format: json"));
    Path inFields = folder.resolve("fields.yaml");
    Files.writeString(
        inFields,
        text.replace("[sex, seen]", "[who, sex, seen]").replace("id: {key: text}", "id: who"));

    assertThat(load(json, people).err()).contains("topic people: expected the format csv");
    assertThat(load(inFields, people, "--delete-gone").err())
        .contains("--delete-gone: expected the id of the person as the record key");
    assertThat(load(recorded.monitor(), people).err())
        .contains("expected --topic with one of the inputs of attributes");
    assertThat(load(inFields, file("seen,who,sex", "@1,a,F")).out()).contains("1 new");
    assertThat(topic()).containsExactly("a=a,F,@1");
  }

  @Test
  void aMonitorKnowsWhatWasLoaded() throws IOException {
    List<String> right = new ArrayList<>(List.of("kafka_key,sex,seen"));
    List<String> wrong = new ArrayList<>(right);
    for (String id : sexes(right)) {
      wrong.add(id + ",F," + NIGHT);
    }

    load(file(wrong.toArray(new String[0])));
    List<String> before = subgroups("before");
    Shell second = load(file(right.toArray(new String[0])));
    List<String> after = subgroups("after");
    recorded.replay(recorded.monitor(), "inline", "memory");

    assertThat(second.err()).doesNotContain("row");
    assertThat(second.out()).containsPattern("people: 0 new, [1-9][0-9]+ changed, [1-9]");
    assertThat(before).isNotEqualTo(after);
    assertThat(after).isNotEmpty().isEqualTo(counts(recorded.output("inline")));
  }

  /** Adds the rows of all persons to a list, and returns their ids. */
  private List<String> sexes(List<String> rows) throws IOException {
    List<String> ids = new ArrayList<>();
    for (String line : Files.readString(recorded.predictions()).split("\r\n", -1)) {
      String[] cells = line.split(",", -1);
      if (cells.length > 4 && !cells[0].equals("id") && !ids.contains(cells[0])) {
        ids.add(cells[0]);
        rows.add(cells[0] + "," + cells[4] + "," + NOON);
      }
    }
    return ids;
  }

  /** What a replay with the records of the topic counts. */
  private List<String> subgroups(String name) throws IOException {
    List<String> rows = new ArrayList<>(List.of("kafka_key,sex,seen"));
    topic().stream()
        .map(record -> record.replace('=', ','))
        .sorted(
            (one, other) ->
                one.substring(one.lastIndexOf(','))
                    .compareTo(other.substring(other.lastIndexOf(','))))
        .forEach(rows::add);
    Path file = Files.write(folder.resolve(name + ".csv"), rows);
    Path out = folder.resolve(name);
    Shell shell =
        Shell.run(
            "replay",
            "--monitor",
            monitor,
            "--predictions",
            recorded.predictions(),
            "--labels",
            recorded.labels(),
            "--attributes",
            file,
            "--output",
            out);
    assertThat(shell.err()).doesNotContain("problem");
    return counts(out);
  }

  /** What is said last of the whole time, of each subgroup and age of labels. */
  private static List<String> counts(Path output) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, String> last = new TreeMap<>();
    for (String line : Files.readAllLines(output.resolve("metrics.jsonl"))) {
      JsonNode statement = json.readTree(line);
      if (statement.path("window_size").asText().equals("all")) {
        last.put(
            statement.path("subgroup") + " " + statement.path("label_age"),
            without(statement.path("counters"), "corrections").toString());
      }
    }
    return last.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList();
  }

  private static JsonNode without(JsonNode counters, String name) {
    return counters instanceof ObjectNode object ? object.without(List.of(name)) : counters;
  }
}
