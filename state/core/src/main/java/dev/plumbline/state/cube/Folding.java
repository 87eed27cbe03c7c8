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
 *
 * <p>An attribute that comes by an input of its own may become known, or change, long after the
 * pane of a prediction, so no pane has all its values. Before it is frozen the cap holds for all
 * panes together: the first free values that become known, those of one arrival pane by hash. What
 * becomes known before the reference ends counts for how frequent a value is.
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
  private final List<Integer> elsewhere = new ArrayList<>(); // attributes, by their index
  private final List<Set<String>> first = new ArrayList<>(); // of those: the values that stand
  private Map<List<String>, Long> seen = new HashMap<>();
  private Map<Long, Map<List<String>, Long>> moved = new TreeMap<>();
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
    for (int i = 0; i < rules.attributes().size(); i++) {
      frequencies.add(new HashMap<>());
      if (rules.elsewhere().contains(rules.attributes().get(i))) {
        elsewhere.add(i);
        first.add(new TreeSet<>(rules.named().get(i)));
      }
    }
  }

  /** A prediction of the pane that is about to be closed for label-free counters. */
  public void see(List<String> values, long amount) {
    seen.merge(values, amount, Long::sum);
  }

  /** A prediction of an earlier pane that is counted, or not any more, in the one to be closed. */
  public void seeMoved(long pane, List<String> values, long amount) {
    if (!elsewhere.isEmpty()) {
      moved.computeIfAbsent(pane, any -> new HashMap<>()).merge(values, amount, Long::sum);
    }
  }

  /** All predictions of a pane have been seen; ascending. */
  public void close(long pane) {
    if (pane >= reference.to && frozen.isEmpty() && isReferenceKnown()) {
      frozen = Optional.of(mostFrequent());
    }
    admit(pane);
    if (!seen.isEmpty()) {
      List<Set<String>> kept = new ArrayList<>();
      boolean isCrowded = false;
      for (int i = 0; i < frequencies.size(); i++) {
        Set<String> values = elsewhere.contains(i) ? Set.of() : free(i, seen.keySet());
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
        count(pane, seen);
      }
      seen = new HashMap<>();
    }
    moved.forEach(
        (of, values) -> {
          if (of >= reference.from && pane < reference.to) {
            count(of, values);
          }
        });
    moved = new TreeMap<>();
  }

  /** The first values of attributes from elsewhere stand for themselves, up to the cap. */
  private void admit(long pane) {
    for (int n = 0; n < elsewhere.size(); n++) {
      int attribute = elsewhere.get(n);
      Set<String> values = new TreeSet<>();
      if (!isFrozen(pane)) {
        values.addAll(free(attribute, seen.keySet()));
      }
      moved.forEach(
          (of, cells) -> {
            if (!isFrozen(of)) {
              values.addAll(free(attribute, cells.keySet()));
            }
          });
      Set<String> standing = first.get(n);
      values.removeAll(standing);
      long room = cap(attribute) + rules.named().get(attribute).size() - standing.size();
      values.stream().sorted(BY_HASH).limit(Math.max(0, room)).forEach(standing::add);
    }
  }

  private boolean isFrozen(long pane) {
    return frozen.isPresent() && pane >= reference.to;
  }

  /** Predictions before this pane get no labels any more. */
  public void forgetBefore(long pane) {
    crowded.headMap(pane, false).clear();
  }

  /** Free values of an attribute in some cells. */
  private Set<String> free(int attribute, Set<List<String>> cells) {
    Set<String> values = new TreeSet<>();
    for (List<String> cell : cells) {
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

  private void count(long pane, Map<List<String>, Long> cells) {
    cells.forEach(
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
          .filter(entry -> entry.getValue() > 0 && !entry.getKey().equals(Cell.MISSING))
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
    if (isFrozen(pane)) {
      return fold(frozen.orElseThrow(), values);
    }
    List<Set<String>> kept = crowded.get(pane);
    List<String> folded = kept == null ? values : fold(kept, values);
    return elsewhere.isEmpty() ? folded : foldElsewhere(values, folded);
  }

  private List<String> foldElsewhere(List<String> values, List<String> others) {
    List<String> folded = new ArrayList<>(others);
    for (int n = 0; n < elsewhere.size(); n++) {
      int attribute = elsewhere.get(n);
      String value = values.get(attribute);
      folded.set(attribute, isKept(first.get(n), value) ? value : Cell.OTHER);
    }
    return folded;
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
    write(first, out);
  }

  private static void write(List<Set<String>> values, ByteWriter out) {
    for (Set<String> names : values) {
      out.unsigned(names.size());
      names.forEach(out::text);
    }
  }

  /** Reads what {@link #write} wrote. */
  public void read(ByteReader in) {
    int attributes = frequencies.size();
    frozen = in.octet() == 1 ? Optional.of(readValues(attributes, in)) : Optional.empty();
    for (int i = in.count(); i > 0; i--) {
      crowded.put(in.fixed(), readValues(attributes, in));
    }
    first.clear();
    first.addAll(readValues(elsewhere.size(), in));
  }

  private static List<Set<String>> readValues(int attributes, ByteReader in) {
    List<Set<String>> values = new ArrayList<>();
    for (int i = 0; i < attributes; i++) {
      Set<String> names = new TreeSet<>();
      for (int n = in.count(); n > 0; n--) {
        names.add(in.text());
      }
      values.add(names);
    }
    return values;
  }
}
