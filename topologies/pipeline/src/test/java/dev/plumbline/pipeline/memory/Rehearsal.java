package dev.plumbline.pipeline.memory;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Step;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Exclusion;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.MergeBlock;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.testkit.Delta;
import dev.plumbline.testkit.Interleaving;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Raw;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine that fails: it delivers messages of different senders in a random order, commits now
 * and then, throws away everything since the last commit, and makes steps anew from their
 * changelogs.
 */
final class Rehearsal {

  private final Steps steps;
  private final SplittableRandom random;
  private final List<Task<Intake>> intakes = new ArrayList<>();
  private final List<Task<Join>> joins = new ArrayList<>();
  private final Task<Merge> merge;
  private Map<String, Queue<Runnable>> mail = new TreeMap<>();
  private Map<String, Queue<Runnable>> committedMail = new TreeMap<>();
  private final Map<String, List<Published>> published = new TreeMap<>();
  private final Deltas deltas = new Deltas();
  private List<Published> uncommitted = new ArrayList<>();
  private Deltas uncommittedDeltas = new Deltas();
  private List<byte[]> answers = new ArrayList<>();
  private List<byte[]> newAnswers = new ArrayList<>();
  private int largest;

  Rehearsal(Flow flow, long seed) {
    this.steps = new MonitorSteps(flow, p -> RawRecords::mapped);
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < steps.inputs().size(); i++) {
      int index = i;
      intakes.add(new Task<>(() -> steps.intake(index)));
    }
    for (int i = 0; i < steps.shards(); i++) {
      int index = i;
      joins.add(new Task<>(() -> steps.join(index)));
    }
    merge = new Task<>(() -> steps.merge(0));
  }

  /** A step with its changelog: committed entries, and those of the open transaction. */
  private static final class Task<S extends Step> {
    private final Supplier<S> maker;
    private final List<Entry> log = new ArrayList<>();
    private final List<Entry> open = new ArrayList<>();
    private S step;

    @SuppressWarnings("ArrayRecordComponent") // Bytes as a changelog holds them.
    private record Entry(byte[] key, byte @Nullable [] value) {}

    Task(Supplier<S> maker) {
      this.maker = maker;
      this.step = maker.get();
    }

    /** Returns the size of the largest entry. */
    int flush(Outbox outbox) {
      int before = open.size();
      step.flush((key, value) -> open.add(new Entry(key, value)), outbox);
      return open.subList(before, open.size()).stream()
          .mapToInt(entry -> entry.value == null ? 0 : entry.value.length)
          .max()
          .orElse(0);
    }

    void commit() {
      log.addAll(open);
      open.clear();
    }

    void restart() {
      open.clear();
      step = maker.get();
      compact();
      log.forEach(entry -> step.restore(entry.key, entry.value));
    }

    /** As the broker does in its own time: the last entry of each key stays, where it is. */
    private void compact() {
      Set<ByteBuffer> newer = new HashSet<>();
      for (int i = log.size() - 1; i >= 0; i--) {
        if (!newer.add(ByteBuffer.wrap(log.get(i).key))) {
          log.remove(i);
        }
      }
    }
  }

  /** Reads a log to its end, and commits whenever it has read so many records. */
  void readAll(Log log, Interleaving order, int stretch) {
    endEmpty(log);
    int read = 0;
    for (Interleaving.Step step : order) {
      read(log, step);
      if (++read % stretch == 0) {
        commit();
      }
    }
    commit();
  }

  /** Ends partitions without records, as a bounded run does before it reads anything. */
  void endEmpty(Log log) {
    for (int partition = 0; partition < log.partitions().size(); partition++) {
      if (log.partitions().get(partition).records().isEmpty()) {
        end(partition);
      }
    }
  }

  /** Reads a record, and ends its partition if it is the last one. */
  void read(Log log, Interleaving.Step step) {
    List<Raw> records = log.partitions().get(step.partition()).records();
    read(step.partition(), RawRecords.incoming(records.get(step.record())));
    if (step.record() == records.size() - 1) {
      end(step.partition());
    }
  }

  void read(int partition, Incoming record) {
    intakes.get(partition).step.receive(record, outbox("intake" + partition));
  }

  void quiet(int partition) {
    intakes.get(partition).step.quiet(Long.MAX_VALUE, outbox("intake" + partition));
  }

  void end(int partition) {
    intakes.get(partition).step.end(outbox("intake" + partition));
  }

  /**
   * Everything that was sent arrives, and all of it is committed together; but answers of the merge
   * arrive in the next transaction.
   */
  void commit() {
    mailAnswers();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < intakes.size(); i++) {
        flush(intakes.get(i), "intake" + i);
      }
      deliver();
      for (int i = 0; i < joins.size(); i++) {
        flush(joins.get(i), "join" + i);
      }
      deliver();
      flush(merge, "merge");
      deliver();
    }
    commitState();
  }

  /** Commits with messages on their way: some are delivered before, and none of a flush. */
  void commitMidway() {
    mailAnswers();
    deliver(random.nextInt(1 + mail.values().stream().mapToInt(Queue::size).sum()));
    List<Runnable> flushes = new ArrayList<>();
    for (int i = 0; i < intakes.size(); i++) {
      int index = i;
      flushes.add(() -> flush(intakes.get(index), "intake" + index));
    }
    for (int i = 0; i < joins.size(); i++) {
      int index = i;
      flushes.add(() -> flush(joins.get(index), "join" + index));
    }
    flushes.add(() -> flush(merge, "merge"));
    while (!flushes.isEmpty()) {
      flushes.remove(random.nextInt(flushes.size())).run();
    }
    commitState();
  }

  private void flush(Task<?> task, String name) {
    largest = Math.max(largest, task.flush(outbox(name)));
  }

  /** Size in bytes of the largest message and changelog entry so far. */
  int largest() {
    return largest;
  }

  private void commitState() {
    committedMail = copy(mail);
    intakes.forEach(Task::commit);
    joins.forEach(Task::commit);
    merge.commit();
    answers.addAll(newAnswers);
    newAnswers = new ArrayList<>();
    uncommitted.forEach(
        p -> published.computeIfAbsent(p.output() + " " + p.key(), k -> new ArrayList<>()).add(p));
    uncommitted.clear();
    uncommittedDeltas.forEach(deltas);
    uncommittedDeltas = new Deltas();
  }

  /** Everything since the last commit is lost, and every step is made anew. */
  void crash() {
    uncommitted = new ArrayList<>();
    uncommittedDeltas = new Deltas();
    mail = copy(committedMail);
    newAnswers = new ArrayList<>();
    intakes.forEach(Task::restart);
    joins.forEach(Task::restart);
    merge.restart();
  }

  /** Every join gets all answers in their order, each join in its own time. */
  private void mailAnswers() {
    for (byte[] message : answers) {
      for (int s = 0; s < joins.size(); s++) {
        int target = s;
        mail.computeIfAbsent("answers>join" + s, way -> new ArrayDeque<>())
            .add(() -> joins.get(target).step.answer(message, outbox("join" + target)));
      }
    }
    answers = new ArrayList<>();
  }

  /** All revisions of all keys. */
  Map<String, List<Published>> published() {
    return published;
  }

  /** All revisions of all keys as text, without what only a live run says: who was idle. */
  Map<String, List<String>> texts() {
    Map<String, List<String>> texts = new TreeMap<>();
    published.forEach(
        (key, records) -> {
          List<String> of =
              records.stream()
                  .filter(record -> exclusion(record).isEmpty())
                  .map(Published::toString)
                  .toList();
          if (!of.isEmpty()) {
            texts.put(key, of);
          }
        });
    return texts;
  }

  /** What the audit topic says of partitions that were not waited for. */
  List<Flow.Exclusion> exclusions() {
    return published.values().stream()
        .flatMap(List::stream)
        .flatMap(record -> exclusion(record).stream())
        .toList();
  }

  private static Optional<Flow.Exclusion> exclusion(Published record) {
    return record.value() instanceof Audit audit && audit.getEvent() instanceof Exclusion e
        ? Optional.of(
            new Flow.Exclusion(
                e.getPartition(), e.getWake(), e.getOffset(), e.getFirstPane(), e.getAnswerPane()))
        : Optional.empty();
  }

  /** The sum of all deltas that reached the merge. */
  Map<Delta, Long> deltas() {
    Map<Delta, Long> sums = new HashMap<>();
    deltas.forEach((pane, counter, sum) -> sums.put(new Delta(pane, counter), sum));
    return sums;
  }

  /** Delivers, one sender drawn at random at a time, each in its own order. */
  private void deliver() {
    deliver(Integer.MAX_VALUE);
  }

  private void deliver(int most) {
    for (int delivered = 0; delivered < most && !mail.isEmpty(); delivered++) {
      List<String> senders = List.copyOf(mail.keySet());
      String sender = senders.get(random.nextInt(senders.size()));
      Queue<Runnable> queue = mail.getOrDefault(sender, new ArrayDeque<>());
      Runnable next = queue.remove();
      if (queue.isEmpty()) {
        mail.remove(sender);
      }
      next.run();
    }
  }

  private static Map<String, Queue<Runnable>> copy(Map<String, Queue<Runnable>> mail) {
    Map<String, Queue<Runnable>> copy = new TreeMap<>();
    mail.forEach((way, queue) -> copy.put(way, new ArrayDeque<>(queue)));
    return copy;
  }

  private Outbox outbox(String sender) {
    return new Outbox() {
      private void send(String target, Runnable delivery) {
        mail.computeIfAbsent(sender + ">" + target, s -> new ArrayDeque<>()).add(delivery);
      }

      @Override
      public void toJoin(int shard, byte[] message) {
        largest = Math.max(largest, message.length);
        for (int s = 0; s < joins.size(); s++) {
          if (shard == ALL_SHARDS || shard == s) {
            int target = s;
            send(
                "join" + s, () -> joins.get(target).step.receive(message, outbox("join" + target)));
          }
        }
      }

      @Override
      public void toMerge(int index, byte[] message) {
        largest = Math.max(largest, message.length);
        MergeBlock.read(message, new Adding());
        send("merge", () -> merge.step.receive(message, outbox("merge")));
      }

      @Override
      public void answer(byte[] message) {
        newAnswers.add(message);
      }

      @Override
      public void progress(long clock) {}

      @Override
      public void publish(Published record) {
        uncommitted.add(record);
      }
    };
  }

  private final class Adding implements MergeBlock.Visitor {
    @Override
    public void add(long pane, Counter counter, long amount) {
      uncommittedDeltas.add(pane, counter, amount);
    }

    @Override
    public void left(MergeBlock.Leaver leaver) {}

    @Override
    public void control(int shard, Control control) {}
  }
}
