package dev.plumbline.e2e.real;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.mapping.TopicMapping;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.state.record.IdHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs a monitor over a complete log. */
final class Replays {

  /** A registry that knows nothing, where no format needs one. */
  static final SchemaLookup NO_SCHEMAS = id -> new SchemaLookup.Answer.Unknown();

  private static final int COMMIT_EVERY = 5_000;

  private Replays() {}

  /** The steps of a monitor over a log. */
  static MonitorSteps steps(Monitor monitor, InputLog log, SchemaLookup registry) {
    IdHash.Key key = monitor.settings().idKey().key(Map.of());
    return new MonitorSteps(log.flow(), index -> mapping(monitor, log, key, registry, index));
  }

  private static Function<Incoming, Mapped> mapping(
      Monitor monitor, InputLog log, IdHash.Key key, SchemaLookup registry, int index) {
    String topic = log.inputs().get(index).topic();
    return TopicMapping.of(monitor, topic, key, feed -> RowDecoder.of(feed, registry), registry);
  }

  /** Everything published, where partitions are read by the time of their records. */
  static Outcome byTime(Monitor monitor, InputLog log, SchemaLookup registry) {
    List<Published> published = new ArrayList<>();
    MemoryRun run = new MemoryRun(steps(monitor, log, registry), published::add);
    int[] next = new int[log.inputs().size()];
    int read = 0;
    for (int index = earliest(log, next); index >= 0; index = earliest(log, next)) {
      run.read(index, log.records(index).get(next[index]++));
      if (++read % COMMIT_EVERY == 0) {
        run.commit();
      }
    }
    return ended(run, log, published);
  }

  private static int earliest(InputLog log, int[] next) {
    int earliest = -1;
    long time = Long.MAX_VALUE;
    for (int i = 0; i < next.length; i++) {
      List<Incoming> records = log.records(i);
      if (next[i] < records.size() && records.get(next[i]).timestamp() < time) {
        earliest = i;
        time = records.get(next[i]).timestamp();
      }
    }
    return earliest;
  }

  /** Everything published, where each partition is read to its end before the next is begun. */
  static Outcome byPartition(Monitor monitor, InputLog log, SchemaLookup registry) {
    List<Published> published = new ArrayList<>();
    MemoryRun run = new MemoryRun(steps(monitor, log, registry), published::add);
    for (int index = log.inputs().size() - 1; index >= 0; index--) {
      for (Incoming record : log.records(index)) {
        run.read(index, record);
      }
      run.commit();
    }
    return ended(run, log, published);
  }

  private static Outcome ended(MemoryRun run, InputLog log, List<Published> published) {
    for (int index = 0; index < log.inputs().size(); index++) {
      run.end(index);
    }
    run.commit();
    return new Outcome(published);
  }
}
