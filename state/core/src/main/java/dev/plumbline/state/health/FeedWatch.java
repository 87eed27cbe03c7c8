package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * The partitions of one topic: whether all of them fell silent, or one, whether they are read, and
 * how much of it is rejected. Only a partition that is read to its end is silent, so a reader that
 * is behind, paused or gone says nothing of the feed.
 */
final class FeedWatch {

  private static final long DAY = 24 * 3_600_000L;
  private static final int LEARNING_DAYS = 3;

  private final String topic;
  private final Feed.Brings brings;
  private final HealthRules rules;
  private final Condition stopped;
  private final ShareWatch rejects;
  private final Map<Integer, PartitionState> partitions = new TreeMap<>();
  private final Rhythm rhythm = new Rhythm();

  FeedWatch(String topic, Feed.Brings brings, HealthRules rules) {
    this.topic = topic;
    this.brings = brings;
    this.rules = rules;
    this.stopped =
        brings == Feed.Brings.PREDICTIONS
            ? Condition.PREDICTIONS_STOPPED
            : Condition.LABELS_STOPPED;
    this.rejects = new ShareWatch(Condition.REJECTS, Where.ofTopic(topic), rules, false);
  }

  /** A partition by its index among all input partitions and its number in the topic. */
  void add(int index, int number) {
    partitions.put(index, new PartitionState(number));
  }

  /** Takes a report; the counts that it adds, if it is news. */
  FeedReport.Counts report(FeedReport report, Conditions conditions) {
    PartitionState partition = partitions.get(report.partition());
    if (partition == null || !partition.isNews(report)) {
      return FeedReport.Counts.NONE;
    }
    long allSilent = silent();
    long silent = partition.silent;
    long allLast = last();
    long last = partition.last;
    FeedReport.Counts counts = partition.take(report);
    if (last > 0 && partition.last > last) {
      Where where = Where.ofPartition(topic, partition.number);
      boolean hasStopped = conditions.isOpen(stopped, Where.ofTopic(topic));
      boolean hasStalled = conditions.isOpen(Condition.PARTITION_STALLED, where);
      partition.rhythm.add(
          new Rhythm.Silence(last, silent, hasStopped || hasStalled),
          partition.last,
          counts.read());
      rhythm.add(
          new Rhythm.Silence(allLast, allSilent, hasStopped),
          Math.max(allLast, partition.last),
          counts.read());
    }
    if (counts.read() > 0) {
      rejects.add(counts.rejected(), counts.read(), conditions);
    }
    return counts;
  }

  /** Judges what the reports say. */
  void judge(long now, long began, Conditions conditions) {
    rejects.accept(now, conditions);
    judgeLag(now, began, conditions);
    boolean maySleep = brings == Feed.Brings.ATTRIBUTES;
    if (maySleep || !partitions.values().stream().allMatch(partition -> partition.isReported)) {
      return;
    }
    long born = partitions.values().stream().mapToLong(p -> p.born).min().orElse(now);
    judge(
        stopped,
        Where.ofTopic(topic),
        silent() - allowed(rhythm, last(), born, now),
        rhythm.usual(last()),
        conditions);
    if (partitions.size() > 1 && !conditions.isOpen(stopped, Where.ofTopic(topic))) {
      for (PartitionState partition : partitions.values()) {
        // Against the others: where all have stopped, none of them is the one that stalls. Nor is
        // one that never brought anything, as there may be no key for it.
        long silent =
            partition.hasBrought ? Math.min(partition.silent, last() - partition.last) : 0;
        judge(
            Condition.PARTITION_STALLED,
            Where.ofPartition(topic, partition.number),
            silent - allowed(partition.rhythm, partition.last, born, now),
            partition.rhythm.usual(partition.last),
            conditions);
      }
    }
  }

  private void judge(
      Condition condition, Where where, long excess, long usual, Conditions conditions) {
    boolean isAll = where.partition() == Where.ALL;
    long silent = isAll ? silent() : of(where.partition()).silent;
    long last = isAll ? last() : of(where.partition()).last;
    Seen seen = new Seen(silent, usual == 0 ? Seen.NONE : usual, 0);
    if (excess > 0) {
      conditions.open(condition, where, seen);
    } else if (last > conditions.since(condition, where)) {
      // Only a record ends a silence: a reader that began anew may not know yet that it lasts.
      conditions.close(condition, where, seen);
    }
  }

  private PartitionState of(int number) {
    return partitions.values().stream()
        .filter(partition -> partition.number == number)
        .findFirst()
        .orElseThrow();
  }

  private long allowed(Rhythm of, long from, long born, long now) {
    long allowed = Math.max(rules.silence(), of.allowed(from, rules.timesUsual()));
    boolean isLearning = brings == Feed.Brings.LABELS && now - born < LEARNING_DAYS * DAY;
    return isLearning ? Math.max(allowed, rules.learning()) : allowed;
  }

  private long silent() {
    return partitions.values().stream().mapToLong(partition -> partition.silent).min().orElse(0);
  }

  private long last() {
    return partitions.values().stream().mapToLong(partition -> partition.last).max().orElse(0);
  }

  private void judgeLag(long now, long began, Conditions conditions) {
    long worst = 0;
    boolean isKnown = true;
    for (PartitionState partition : partitions.values()) {
      isKnown &= partition.isReported;
      if (partition.behindSince > 0) {
        worst = Math.max(worst, now - partition.behindSince);
      }
      long unread = now - Math.max(began, partition.at);
      worst = unread > rules.lag() ? Math.max(worst, unread) : worst;
    }
    Seen seen = new Seen(worst, Seen.NONE, 0);
    if (worst > rules.lag()) {
      conditions.open(Condition.LAG, Where.ofTopic(topic), seen);
    } else if (worst == 0 && isKnown) {
      conditions.close(Condition.LAG, Where.ofTopic(topic), seen);
    }
  }

  void write(ByteWriter out) {
    rejects.write(out);
    rhythm.write(out);
    partitions.values().forEach(partition -> partition.write(out));
  }

  void read(ByteReader in) {
    rejects.read(in);
    rhythm.read(in);
    partitions.values().forEach(partition -> partition.restore(in));
  }
}
