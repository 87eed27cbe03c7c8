package dev.plumbline.pipeline.memory;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.WatchRules;
import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import dev.plumbline.testkit.RawBytes;
import dev.plumbline.testkit.Watching;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Generated logs as a monitor reads them. */
final class RawRecords {

  private static final long IDLE_MILLIS = 1000;
  private static final int SEVERAL = '*';

  private RawRecords() {}

  static Incoming incoming(Raw raw) {
    return new Incoming(raw.offset(), raw.kafkaTimestamp(), null, RawBytes.of(raw));
  }

  /** Several records as the elements of one. */
  static Incoming together(List<Raw> raws) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(SEVERAL);
    for (Raw raw : raws) {
      byte[] value = RawBytes.of(raw);
      int length = value == null ? 0 : value.length;
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
      if (value != null) {
        bytes.writeBytes(value);
      }
    }
    Raw first = raws.get(0);
    return new Incoming(first.offset(), first.kafkaTimestamp(), null, bytes.toByteArray());
  }

  static Mapped mapped(Incoming record) {
    byte[] value = record.value();
    return value != null && value[0] == SEVERAL ? several(value) : one(value);
  }

  private static Mapped several(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value, 1, value.length - 1);
    List<Mapped> elements = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] element = new byte[in.getInt()];
      in.get(element);
      elements.add(one(element.length == 0 ? null : element));
    }
    return new Mapped.Several(elements);
  }

  private static Mapped one(byte @Nullable [] value) {
    return RawBytes.read(
        value,
        Mapped.Admitted::new,
        why -> why == RejectReason.NONE ? Mapped.FILTERED : new Mapped.Rejected(why, "planted"));
  }

  /** A monitor of the generator's stream. */
  static Flow flow(Log log, JoinRules rules, int shards, List<Flow.Exclusion> exclusions) {
    WatchRules watch =
        new WatchRules(
            1,
            Watching.reference(log, rules.timing()),
            Watching.BUDGET,
            Watching.metrics(),
            new Unasked());
    return new Flow(
        "oracle",
        "digest",
        Plan.MODELS,
        rules,
        cube(log, rules),
        Optional.of(watch),
        IDLE_MILLIS,
        Long.MAX_VALUE,
        shards,
        inputs(log),
        exclusions);
  }

  private static CubeRules cube(Log log, JoinRules rules) {
    boolean isElsewhere =
        log.partitions().stream().anyMatch(partition -> partition.kind() == Log.Kind.ATTRIBUTES);
    CubeRules cube = Watching.cube(rules);
    return isElsewhere ? cube.withElsewhere(Set.of(Watching.ELSEWHERE)) : cube;
  }

  private static List<InputPartition> inputs(Log log) {
    List<InputPartition> inputs = new ArrayList<>();
    for (int i = 0; i < log.partitions().size(); i++) {
      Flow.Kind kind = Flow.Kind.valueOf(log.partitions().get(i).kind().name());
      String topic = kind.name().toLowerCase(Locale.ROOT);
      inputs.add(new InputPartition(kind, topic, i, 0, true));
    }
    return inputs;
  }

  /** Generated scores say nothing about labels. */
  private static final class Unasked implements WatchRules.Polarity {
    @Override
    public Optional<WatchRules.Refusal> byLabel(long[] positives, long[] negatives) {
      return Optional.empty();
    }

    @Override
    public Optional<WatchRules.Refusal> byDecision(long[] positives, long[] negatives) {
      return Optional.empty();
    }
  }
}
