package dev.plumbline.state.health;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The values of one attribute of a model: how many are missing, and how many never came before. A
 * value is known when a block that was well has brought it, or the monitor file names it; what the
 * file's map does not name is never known.
 */
final class ValueWatch {

  /** Most values that are remembered; where there are more, new ones are the usual thing. */
  private static final int MOST = 2000;

  private final ShareWatch missing;
  private final ShareWatch unseen;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> recent = new TreeSet<>();
  private final Map<String, Long> counts = new TreeMap<>();

  ValueWatch(Where where, Set<String> named, HealthRules rules) {
    this.missing = new ShareWatch(Condition.MISSING_VALUES, where, rules, true);
    this.unseen = new ShareWatch(Condition.UNSEEN_VALUES, where, rules, true);
    this.known.addAll(named);
    this.known.remove(Cell.OTHER);
  }

  /** Predictions of the pane that is about to be closed. */
  void add(String value, long amount) {
    counts.merge(value, amount, Long::sum);
  }

  /** The pane is complete. */
  void close(Conditions conditions) {
    long total = 0;
    long without = 0;
    long strange = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      long amount = Math.max(0, entry.getValue());
      total += amount;
      if (entry.getKey().equals(Cell.MISSING)) {
        without += amount;
      } else if (!known.contains(entry.getKey())) {
        // As long as nothing is known, what comes is learned.
        strange += unseen.isKnown() || entry.getKey().equals(Cell.OTHER) ? amount : 0;
        remember(recent, entry.getKey());
      }
    }
    counts.clear();
    if (total == 0) {
      return;
    }
    missing.add(without, total, conditions);
    ShareWatch.Judged judged = unseen.add(strange, total, conditions);
    if (judged == ShareWatch.Judged.WELL) {
      recent.forEach(value -> remember(known, value));
    }
    if (judged != ShareWatch.Judged.NOT_YET) {
      recent.clear();
    }
  }

  private static void remember(Set<String> values, String value) {
    if (values.size() < MOST && !value.equals(Cell.OTHER)) {
      values.add(value);
    }
  }

  /** What has lasted a week is usual. */
  void accept(long now, Conditions conditions) {
    missing.accept(now, conditions);
    unseen.accept(now, conditions);
  }

  void write(ByteWriter out) {
    missing.write(out);
    unseen.write(out);
    write(known, out);
    write(recent, out);
  }

  private static void write(Set<String> values, ByteWriter out) {
    out.unsigned(values.size());
    values.forEach(out::text);
  }

  void read(ByteReader in) {
    missing.read(in);
    unseen.read(in);
    read(known, in);
    read(recent, in);
  }

  private static void read(Set<String> values, ByteReader in) {
    for (int i = in.count(); i > 0; i--) {
      values.add(in.text());
    }
  }
}
