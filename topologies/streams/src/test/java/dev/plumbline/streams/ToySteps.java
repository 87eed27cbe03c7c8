package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.health.FeedReport;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Toy steps: records of the form {@code pane:amount} are spread over the joins by offset, summed
 * per pane until the flush, summed again in the merges, and published whenever a sum changed.
 *
 * <p>Every message carries the number its sender gave it for that target, in state on both sides:
 * anything lost, doubled or overtaken on the way makes the receiver fail.
 *
 * @param flushed called at the end of each flush with the step's name; may throw
 */
record ToySteps(
    String monitorName, List<Input> inputs, int shards, int merges, Consumer<String> flushed)
    implements Steps {

  static final long EPOCH = 1_370_000_000_000L;

  @Override
  public long reportMillis() {
    return EPOCH;
  }

  @Override
  public long ahead() {
    return 0;
  }

  @Override
  public Intake intake(int inputPartition) {
    return new ToyIntake(inputPartition);
  }

  @Override
  public Join join(int shard) {
    return new ToyJoin(shard);
  }

  @Override
  public Merge merge(int index) {
    return new ToyMerge(index);
  }

  private static byte[] message(String sender, long number, String what, long one, long two) {
    return (sender + "|" + number + "|" + what + "|" + one + "|" + two).getBytes(UTF_8);
  }

  private record Message(String sender, long number, String what, long one, long two) {

    static Message parse(byte[] bytes) {
      String[] parts = new String(bytes, UTF_8).split("\\|", -1);
      return new Message(
          parts[0],
          Long.parseLong(parts[1]),
          parts[2],
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]));
    }
  }

  private final class ToyIntake implements Intake {

    private final String name;
    private final ToyState state = new ToyState();

    ToyIntake(int partition) {
      name = "intake-" + partition;
    }

    @Override
    public void receive(Incoming record, Outbox outbox) {
      String[] value = new String(Objects.requireNonNull(record.value()), UTF_8).split(":", -1);
      int shard = Math.floorMod(record.offset(), shards);
      send(shard, "amount", Long.parseLong(value[0]), Long.parseLong(value[1]), outbox);
    }

    @Override
    public void quiet(long millisSinceLastRecord, Outbox outbox) {
      tellAll("quiet", outbox);
    }

    @Override
    public void end(Outbox outbox) {
      tellAll("end", outbox);
    }

    @Override
    public FeedReport.Counts counts() {
      return FeedReport.Counts.NONE;
    }

    /** Toy records have no time: none is ahead of another. */
    @Override
    public long clock() {
      return UNKNOWN;
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
      state.restore(key, value);
    }

    @Override
    public void flush(Changelog changelog, Outbox outbox) {
      state.flush(changelog);
      flushed.accept(name);
    }

    private void send(int shard, String what, long one, long two, Outbox outbox) {
      long number = state.add("sent " + shard, 1) + state.get("multicast");
      outbox.toJoin(shard, message(name, number, what, one, two));
    }

    /** A multicast cannot carry a number per target: all shards are brought to one number first. */
    private void tellAll(String what, Outbox outbox) {
      if (state.get(what) > 0) {
        return;
      }
      state.add(what, 1);
      long highest = 0;
      for (int shard = 0; shard < shards; shard++) {
        highest = Math.max(highest, state.get("sent " + shard));
      }
      for (int shard = 0; shard < shards; shard++) {
        while (state.get("sent " + shard) < highest) {
          send(shard, "nothing", 0, 0, outbox);
        }
      }
      long number = highest + state.add("multicast", 1);
      outbox.toJoin(Outbox.ALL_SHARDS, message(name, number, what, 0, 0));
    }
  }

  private final class ToyJoin implements Join {

    private final String name;
    private final ToyState state = new ToyState();
    private final TreeMap<Long, long[]> held = new TreeMap<>();

    ToyJoin(int shard) {
      name = "join-" + shard;
    }

    @Override
    public void receive(byte[] bytes, Outbox outbox) {
      Message message = Message.parse(bytes);
      state.expectNext(message.sender(), message.number());
      if (message.what().equals("amount")) {
        long[] sum = held.computeIfAbsent(message.one(), pane -> new long[2]);
        sum[0] += message.two();
        sum[1]++;
      } else if (!message.what().equals("nothing")) {
        pass(message.what(), outbox);
      }
    }

    @Override
    public void answer(byte[] bytes, Outbox outbox) {
      Message message = Message.parse(bytes);
      state.expectNext(message.sender(), message.number());
      pass("answered", outbox);
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
      state.restore(key, value);
    }

    @Override
    public void flush(Changelog changelog, Outbox outbox) {
      held.forEach((pane, sum) -> send((int) (pane % merges), "sum " + pane, sum, outbox));
      held.clear();
      state.flush(changelog);
      flushed.accept(name);
    }

    private void pass(String what, Outbox outbox) {
      for (int merge = 0; merge < merges; merge++) {
        send(merge, what, new long[2], outbox);
      }
    }

    private void send(int merge, String what, long[] sum, Outbox outbox) {
      long number = state.add("sent " + merge, 1);
      outbox.toMerge(merge, message(name, number, what, sum[0], sum[1]));
    }
  }

  private final class ToyMerge implements Merge {

    private final String name;
    private final ToyState state = new ToyState();
    private final TreeMap<String, Boolean> dirty = new TreeMap<>();

    ToyMerge(int index) {
      name = "merge-" + index;
    }

    @Override
    public void receive(byte[] bytes, Outbox outbox) {
      Message message = Message.parse(bytes);
      state.expectNext(message.sender(), message.number());
      if (message.what().startsWith("sum ")) {
        state.add(message.what(), message.one());
        state.add("count of " + message.what(), message.two());
        dirty.put(message.what(), true);
      } else if (message.what().equals("answered")) {
        // every merge answers once, and every join says so to every merge
        if (state.add("answered", 1) == (long) shards * merges) {
          publish(Output.ALERTS, name, new Total(shards, merges), outbox);
        }
      } else if (state.add(message.what(), 1) == (long) shards * inputs.size()) {
        publish(Output.AUDIT, name + " " + message.what(), new Total(0, 0), outbox);
        outbox.answer(message(name, state.add("answers", 1), "answer", 0, 0));
      }
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
      state.restore(key, value);
    }

    @Override
    public void flush(Changelog changelog, Outbox outbox) {
      for (String sum : dirty.keySet()) {
        Total total = new Total(state.get(sum), state.get("count of " + sum));
        publish(Output.METRICS, sum, total, outbox);
      }
      dirty.clear();
      state.flush(changelog);
      flushed.accept(name);
    }

    @Override
    public void tick(long now, Collection<FeedReport> reports, Outbox outbox) {}

    @Override
    public void stop(long now, Outbox outbox) {}

    @Override
    public boolean hasEnded() {
      return false;
    }

    private void publish(Output output, String key, Total value, Outbox outbox) {
      outbox.publish(new Published(output, key, value, EPOCH, key + "@" + value));
    }
  }
}
