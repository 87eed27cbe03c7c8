package dev.plumbline.cli.output;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Phase;
import dev.plumbline.schemas.avro.Refused;
import dev.plumbline.schemas.avro.SuppressedRejects;
import dev.plumbline.schemas.avro.Verdict;
import dev.plumbline.schemas.avro.VerdictChanged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a monitor published, as tables for a person. */
public final class RunSummary implements Consumer<Published> {

  private static final String ALL = "all";
  private static final String FINAL = "final";
  private static final String READ = "read";

  private final Map<String, Map<String, Long>> states = new TreeMap<>();
  private final Set<List<Object>> windows = new HashSet<>();
  private final Map<String, Metrics> last = new TreeMap<>();
  private final Map<String, VerdictChanged> verdicts = new TreeMap<>();
  private final Set<String> refusals = new TreeSet<>();
  private long statements;
  private int opened;
  private int resolved;
  private long suppressed;
  private boolean isUnbalanced;

  @Override
  public void accept(Published record) {
    if (record.value() instanceof Metrics metrics) {
      accept(metrics);
    } else if (record.value() instanceof Alert alert) {
      opened += alert.getPhase() == Phase.OPEN ? 1 : 0;
      resolved += alert.getPhase() == Phase.RESOLVED ? 1 : 0;
    } else if (record.value() instanceof Audit audit) {
      event(audit.getEvent());
    }
  }

  private void accept(Metrics metrics) {
    statements++;
    boolean isAll = metrics.getWindowSize().equals(ALL);
    if (!isAll) {
      windows.add(List.of(metrics.getWindowSize(), metrics.getWindowStart()));
    } else if (FINAL.equals(metrics.getLabelAge())) {
      String subgroup = metrics.getSubgroup();
      String order = subgroup.equals(ALL) ? "" : subgroup;
      last.put(metrics.getModel() + " " + metrics.getVersion() + "\0" + order, metrics);
    }
  }

  private void event(Object event) {
    if (event instanceof Books books) {
      books.getEntries().forEach(this::accept);
      isUnbalanced |= !books.getBalanced();
    } else if (event instanceof VerdictChanged changed) {
      verdicts.put(changed.getModel() + "|" + changed.getSeries(), changed);
    } else if (event instanceof Refused refused) {
      refusals.add(refused.getProblem() + "; " + refused.getRemedy());
    } else if (event instanceof SuppressedRejects more) {
      suppressed += more.getCount();
    }
  }

  private void accept(BookEntry entry) {
    String reason = entry.getReason();
    String state = entry.getState() + (reason == null ? "" : " (" + reason + ")");
    states
        .computeIfAbsent(entry.getTopic(), topic -> new TreeMap<>())
        .merge(state, entry.getCount(), Long::sum);
  }

  /** Why the monitor refused to watch; empty if it did not. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Records of a topic that are in the books. */
  public long read(String topic) {
    return states.getOrDefault(topic, Map.of()).getOrDefault(READ, 0L);
  }

  /** Whether every record read is in exactly one state, in all books. */
  public boolean isBalanced() {
    return !isUnbalanced;
  }

  /**
   * The tables.
   *
   * @param names how to call topics; others are called by their own name
   */
  public List<String> lines(Map<String, String> names) {
    List<String> lines = new ArrayList<>();
    states.forEach((topic, counts) -> lines.add(books(names.getOrDefault(topic, topic), counts)));
    if (isUnbalanced) {
      lines.add("the books do not balance: see audit, events Books with balanced = false");
    }
    if (suppressed > 0) {
      lines.add(suppressed + " rejects were counted, but not written one by one");
    }
    lines.add("%,d windows, %,d statements".formatted(windows.size(), statements));
    if (!last.isEmpty()) {
      lines.addAll(SubgroupTable.of(last.values()));
    }
    lines.add("alerts: %d opened, %d resolved".formatted(opened, resolved));
    lines.addAll(verdictLines());
    return lines;
  }

  private static String books(String name, Map<String, Long> counts) {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (state, count) -> {
          if (count != 0 && !state.equals(READ)) {
            parts.add("%,d %s".formatted(count, state));
          }
        });
    return "%s: %,d read; %s"
        .formatted(name, counts.getOrDefault(READ, 0L), String.join(", ", parts));
  }

  private List<String> verdictLines() {
    Map<String, Integer> counts = new TreeMap<>();
    for (VerdictChanged changed : verdicts.values()) {
      boolean isUndecided = changed.getVerdict() == Verdict.undecided;
      counts.merge(
          isUndecided ? "undecided, " + changed.getReason() : changed.getVerdict().name(),
          1,
          Integer::sum);
    }
    List<String> lines = new ArrayList<>();
    counts.forEach((verdict, count) -> lines.add("%d series %s".formatted(count, verdict)));
    return lines;
  }
}
