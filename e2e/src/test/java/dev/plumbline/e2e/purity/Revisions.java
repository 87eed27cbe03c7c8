package dev.plumbline.e2e.purity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.memory.MemoryRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** All revisions of all keys of all output topics; between keys there is no order. */
final class Revisions {

  private final Map<String, List<Fact>> byKey = new TreeMap<>();
  private int size;

  /** What the in-memory interpreter publishes, reading the partitions in turn. */
  static Revisions ofInterpreter(GeneratedMonitor monitor, InputTopics input, boolean isBounded) {
    return ofInterpreter(monitor, run -> read(run, input, isBounded));
  }

  /**
   * What the in-memory interpreter publishes.
   *
   * @param reading reads the input, to the end of its partitions if the run is bounded
   */
  static Revisions ofInterpreter(GeneratedMonitor monitor, Consumer<MemoryRun> reading) {
    Revisions revisions = new Revisions();
    MemoryRun run =
        new MemoryRun(
            monitor.steps(() -> {}), published -> revisions.add(Fact.of(monitor, published)));
    reading.accept(run);
    run.commit();
    return revisions;
  }

  private static void read(MemoryRun run, InputTopics input, boolean isBounded) {
    int longest =
        input.partitions().stream().mapToInt(p -> input.written(p).size()).max().orElse(0);
    for (int record = 0; record < longest; record++) {
      for (int partition : input.partitions()) {
        if (record < input.written(partition).size()) {
          run.read(partition, input.written(partition).get(record));
        }
      }
    }
    if (isBounded) {
      input.partitions().forEach(run::end);
    }
  }

  void add(Fact fact) {
    byKey.computeIfAbsent(fact.topic() + " " + fact.key(), key -> new ArrayList<>()).add(fact);
    size++;
  }

  /** Number of records. */
  int size() {
    return size;
  }

  /** Number of records of a topic. */
  long size(String topic) {
    return byKey.values().stream()
        .flatMap(List::stream)
        .filter(fact -> fact.topic().equals(topic))
        .count();
  }

  /** Says in which keys these differ from others, if any. */
  void assertSameAs(Revisions expected) {
    TreeSet<String> keys = new TreeSet<>(byKey.keySet());
    keys.addAll(expected.byKey.keySet());
    List<String> differing =
        keys.stream().filter(key -> !at(key).equals(expected.at(key))).toList();
    String difference =
        "%d of %d keys differ; %d records, expected %d"
            .formatted(differing.size(), keys.size(), size, expected.size);
    differing.stream()
        .findFirst()
        .ifPresent(key -> assertThat(at(key)).as(difference).isEqualTo(expected.at(key)));
    assertThat(differing).as(difference).isEmpty();
  }

  private List<Fact> at(String key) {
    return byKey.getOrDefault(key, List.of());
  }
}
