package dev.plumbline.state.cube;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which values of an attribute stand for themselves in one model; the others are {@link Cell#OTHER}
 * (FLOW section 3).
 *
 * <p>At the end of the reference the values are frozen: those that the monitor file names, then the
 * most frequent of the reference, ties by hash, up to the cap. Before that, and without a
 * reference, the cap holds for each prediction pane: its values with the smallest hashes. A missing
 * value always stands for itself. So what a prediction is counted as depends on its pane alone, and
 * its labels follow it, however late.
 */
public final class Folding {

  /** Public on purpose: the hash only makes the choice even, it hides nothing. */
  private static final IdHash.Key EVEN = new IdHash.Key(0, 0);

  private static final Comparator<String> BY_HASH =
      Comparator.comparing((String value) -> IdHash.of(EVEN, value)).thenComparing(value -> value);

  private final CubeRules rules;
  private final Era reference;
  private final NavigableMap<Long, List<Set<String>>> crowded = new TreeMap<>();
  private final List<Map<String, Long>> frequencies = new ArrayList<>();
  private Map<List<String>, Long> seen = new HashMap<>();
  private Optional<List<Set<String>>> frozen = Optional.empty();

  /**
   * The panes of a reference.
   *
   * @param to the first pane after it
   */
  public record Era(long from, long to) {

    /** No reference: nothing is ever frozen. */
    public static final Era NONE = new Era(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  public Folding(CubeRules rules, Era reference) {
    this.rules = rules;
    this.reference = reference;
    rules.attributes().forEach(attribute -> frequencies.add(new HashMap<>()));
  }

  /** A prediction of the pane that is about to be closed for label-free counters. */
  public void see(List<String> values, long amount) {
    seen.merge(values, amount, Long::sum);
  }

  /** All predictions of a pane have been seen; ascending. */
  public void close(long pane) {
    if (pane >= reference.to && frozen.isEmpty() && isReferenceKnown()) {
      frozen = Optional.of(mostFrequent());
    }
    if (!seen.isEmpty()) {
      List<Set<String>> kept = new ArrayList<>();
      boolean isCrowded = false;
      for (int i = 0; i < frequencies.size(); i++) {
        Set<String> values = valuesSeen(i);
        Set<String> smallest =
            new TreeSet<>(values.stream().sorted(BY_HASH).limit(cap(i)).toList());
        isCrowded |= smallest.size() < values.size();
        smallest.addAll(rules.named().get(i));
        kept.add(smallest);
      }
      if (isCrowded && (frozen.isEmpty() || pane < reference.to)) {
        crowded.put(pane, kept);
      }
      if (pane >= reference.from && pane < reference.to) {
        count(pane);
      }
      seen = new HashMap<>();
    }
  }

  /** Predictions before this pane get no labels any more. */
  public void forgetBefore(long pane) {
    crowded.headMap(pane, false).clear();
  }

  /** Free values of an attribute that were seen in the pane. */
  private Set<String> valuesSeen(int attribute) {
    Set<String> values = new TreeSet<>();
    for (List<String> cell : seen.keySet()) {
      values.add(cell.get(attribute));
    }
    values.remove(Cell.MISSING);
    values.remove(Cell.OTHER);
    values.removeAll(rules.named().get(attribute));
    return values;
  }

  private long cap(int attribute) {
    return Math.max(0, rules.cap() - rules.named().get(attribute).size());
  }

  private void count(long pane) {
    seen.forEach(
        (values, amount) -> {
          List<String> folded = fold(pane, values);
          for (int i = 0; i < folded.size(); i++) {
            frequencies.get(i).merge(folded.get(i), amount, Long::sum);
          }
        });
  }

  private boolean isReferenceKnown() {
    return frequencies.stream().noneMatch(Map::isEmpty);
  }

  private List<Set<String>> mostFrequent() {
    List<Set<String>> most = new ArrayList<>();
    for (int i = 0; i < frequencies.size(); i++) {
      Map<String, Long> counts = frequencies.get(i);
      Set<String> values = new TreeSet<>(rules.named().get(i));
      counts.entrySet().stream()
          .filter(entry -> !entry.getKey().equals(Cell.MISSING))
          .filter(entry -> !entry.getKey().equals(Cell.OTHER))
          .filter(entry -> !values.contains(entry.getKey()))
          .sorted(
              Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey(BY_HASH)))
          .limit(cap(i))
          .map(Map.Entry::getKey)
          .toList()
          .forEach(values::add);
      most.add(values);
    }
    return most;
  }

  /** What a prediction of a closed pane is counted as. */
  public List<String> fold(long pane, List<String> values) {
    if (frozen.isPresent() && pane >= reference.to) {
      return fold(frozen.get(), values);
    }
    List<Set<String>> kept = crowded.get(pane);
    return kept == null ? values : fold(kept, values);
  }

  /** Values with those that were not frozen folded, for the predictions of the reference itself. */
  public List<String> frozen(List<String> values) {
    return frozen.isPresent() ? fold(frozen.get(), values) : values;
  }

  private static List<String> fold(List<Set<String>> kept, List<String> values) {
    if (isKept(kept, values)) {
      return values;
    }
    List<String> folded = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      folded.add(isKept(kept.get(i), values.get(i)) ? values.get(i) : Cell.OTHER);
    }
    return folded;
  }

  private static boolean isKept(List<Set<String>> kept, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (!isKept(kept.get(i), values.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKept(Set<String> kept, String value) {
    return kept.contains(value) || value.equals(Cell.MISSING);
  }

  /** Writes what does not follow from the deltas of panes that are still remembered. */
  public void write(ByteWriter out) {
    out.octet(frozen.isPresent() ? 1 : 0);
    frozen.ifPresent(values -> write(values, out));
    out.unsigned(crowded.size());
    crowded.forEach((pane, values) -> write(values, out.fixed(pane)));
  }

  private static void write(List<Set<String>> values, ByteWriter out) {
    for (Set<String> names : values) {
      out.unsigned(names.size());
      names.forEach(out::text);
    }
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteReader in) {
    frozen = in.octet() == 1 ? Optional.of(readValues(in)) : Optional.empty();
    for (int i = in.count(); i > 0; i--) {
      crowded.put(in.fixed(), readValues(in));
    }
  }

  private List<Set<String>> readValues(ByteReader in) {
    List<Set<String>> values = new ArrayList<>();
    for (int i = 0; i < frequencies.size(); i++) {
      Set<String> names = new TreeSet<>();
      for (int n = in.count(); n > 0; n--) {
        names.add(in.text());
      }
      values.add(names);
    }
    return values;
  }
}
