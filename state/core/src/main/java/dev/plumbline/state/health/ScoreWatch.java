package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of equal scores, by model: too long is one of so many predictions of a partition, and three
 * times as long as any before, of a model whose scores have differed.
 */
final class ScoreWatch {

  private static final int TIMES = 3;

  private final HealthRules rules;
  private final Map<String, Long> longest = new TreeMap<>();
  private final Map<String, Map<Integer, FeedReport.Run>> runs = new HashMap<>();

  ScoreWatch(HealthRules rules) {
    this.rules = rules;
  }

  void add(int partition, FeedReport.Run run, Conditions conditions) {
    Where where = Where.ofModel(run.model());
    long before = longest.getOrDefault(run.model(), 0L);
    long limit = Math.max(rules.constant(), TIMES * before);
    if (run.longest() > before && (before == 0 || run.longest() < limit)) {
      longest.put(run.model(), run.longest());
    }
    Map<Integer, FeedReport.Run> of = runs.computeIfAbsent(run.model(), model -> new HashMap<>());
    of.put(partition, run);
    long current = of.values().stream().mapToLong(FeedReport.Run::length).max().orElse(0);
    Seen seen = new Seen(current, before == 0 ? Seen.NONE : before, 0);
    if (before > 0 && current >= limit) {
      conditions.open(Condition.CONSTANT_SCORE, where, seen);
    } else if (of.values().stream().anyMatch(r -> r.length() > 0 && r.longest() > 0)) {
      // A reader that began anew must have seen two scores before it can say that they differ.
      conditions.close(Condition.CONSTANT_SCORE, where, seen);
    }
  }

  void write(ByteWriter out) {
    out.unsigned(longest.size());
    longest.forEach((model, length) -> out.text(model).unsigned(length));
  }

  void read(ByteReader in) {
    for (int i = in.count(); i > 0; i--) {
      longest.put(in.text(), in.unsigned());
    }
  }
}
