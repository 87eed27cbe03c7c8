package dev.plumbline.pipeline.memory;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Step;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.health.FeedReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Runs the steps of a monitor in this thread: messages are delivered in the order in which they
 * were sent, and every step is flushed when {@link #commit} is called. No state survives the run.
 * What one partition is read ahead of another is held back in memory: callers read by time.
 */
public final class MemoryRun {

  private static final Step.Changelog FORGET = (key, value) -> {};

  private final List<Intake> intakes = new ArrayList<>();
  private final List<Join> joins = new ArrayList<>();
  private final List<Merge> merges = new ArrayList<>();
  private final Queue<Runnable> deliveries = new ArrayDeque<>();
  private final Mail mail;
  private final long[] read;
  private final long[] last;
  private long since;

  /**
   * A run that has read nothing.
   *
   * @param published takes everything for output topics, in an order that is promised per key only
   */
  public MemoryRun(Steps steps, Consumer<Published> published) {
    for (int i = 0; i < steps.inputs().size(); i++) {
      intakes.add(steps.intake(i));
    }
    for (int i = 0; i < steps.shards(); i++) {
      joins.add(steps.join(i));
    }
    for (int i = 0; i < steps.merges(); i++) {
      merges.add(steps.merge(i));
    }
    this.mail = new Mail(published);
    this.read = new long[intakes.size()];
    this.last = new long[intakes.size()];
  }

  /** Reads the next record of an input partition. */
  public void read(int inputPartition, Incoming record) {
    intakes.get(inputPartition).receive(record, mail);
    deliver();
  }

  /** The partition was read to its end and has been quiet for so long. */
  public void quiet(int inputPartition, long millis) {
    intakes.get(inputPartition).quiet(millis, mail);
    deliver();
  }

  /** The partition is complete. */
  public void end(int inputPartition) {
    intakes.get(inputPartition).end(mail);
    deliver();
  }

  /**
   * It is this time by the wall clock, which health goes by; nothing else does. What has not been
   * read by now has not come yet.
   */
  public void tick(long now) {
    if (since == 0) {
      since = now;
    }
    List<FeedReport> reports = new ArrayList<>();
    for (int i = 0; i < intakes.size(); i++) {
      FeedReport.Counts counts = intakes.get(i).counts();
      if (counts.read() > read[i]) {
        read[i] = counts.read();
        last[i] = now;
      }
      reports.add(new FeedReport(i, since, now, last[i], true, 0, counts));
    }
    merges.forEach(merge -> merge.tick(now, reports, mail));
  }

  /** Flushes every step, upstream first, until nothing is on its way. */
  public void commit() {
    intakes.forEach(this::flush);
    joins.forEach(this::flush);
    merges.forEach(this::flush);
    // An answer of a merge may have made the joins speak again.
    joins.forEach(this::flush);
    merges.forEach(this::flush);
  }

  private void flush(Step step) {
    step.flush(FORGET, mail);
    deliver();
  }

  private void deliver() {
    Runnable next = deliveries.poll();
    while (next != null) {
      next.run();
      next = deliveries.poll();
    }
  }

  /** Delivers within this run. */
  private final class Mail implements Outbox {
    private final Consumer<Published> published;

    Mail(Consumer<Published> published) {
      this.published = published;
    }

    @Override
    public void toJoin(int shard, byte[] message) {
      if (shard == ALL_SHARDS) {
        joins.forEach(join -> deliveries.add(() -> join.receive(message, this)));
      } else {
        deliveries.add(() -> joins.get(shard).receive(message, this));
      }
    }

    @Override
    public void toMerge(int merge, byte[] message) {
      deliveries.add(() -> merges.get(merge).receive(message, this));
    }

    @Override
    public void answer(byte[] message) {
      joins.forEach(join -> deliveries.add(() -> join.answer(message, this)));
    }

    /** Who calls this run chooses the order of reading. */
    @Override
    public void progress(long clock) {}

    @Override
    public void publish(Published record) {
      published.accept(record);
    }
  }
}
