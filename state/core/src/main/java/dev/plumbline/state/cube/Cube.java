package dev.plumbline.state.cube;

import dev.plumbline.state.cube.Statement.Peer;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Sampling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one model over all open panes, and the statements made from them.
 *
 * <p>Deltas of an arrival pane are applied, then the pane is closed; statements that are due by
 * then are made by rolling cells up to subgroups and windows. So the cost of an event is one cell,
 * and the cost of windows and subgroups is paid once per statement.
 */
public final class Cube {

  /*
   * Cells are summed per block, the largest interval that all windows are made of. A block that has
   * left its last window is added to the total (the window `all`) and forgotten.
   */

  private final String model;
  private final CubeRules rules;
  private final Subgroups subgroups;
  private final NavigableMap<Long, Map<CellKey, Tally>> blocks = new TreeMap<>();
  private final Map<CellKey, Tally> total = new TreeMap<>();
  private final Folding folding;
  private final WindowSchedule schedule;
  private Place last = Place.NOWHERE;
  private long forgottenBefore = Long.MIN_VALUE;
  private long warmUpBefore = Long.MIN_VALUE;

  /** A cell within a model. */
  public record CellKey(String version, List<String> values, Sampling sampling)
      implements Comparable<CellKey> {
    @Override
    public int compareTo(CellKey other) {
      int order = version.compareTo(other.version);
      if (order == 0) {
        order = Cell.compareValues(values, other.values);
      }
      return order != 0 ? order : sampling.compareTo(other.sampling);
    }
  }

  /** Where the last delta went: the next one, in the order of deltas, mostly goes there too. */
  private record Place(long arrival, long pane, @Nullable Cell cell, @Nullable Tally tally) {
    private static final Place NOWHERE = new Place(0, 0, null, null);
  }

  /**
   * An empty cube.
   *
   * @param folding closed for every pane before deltas of its predictions are applied
   * @param ages ages at which windows are stated, ascending
   */
  public Cube(String model, CubeRules rules, Folding folding, List<LabelAge> ages) {
    this.model = model;
    this.rules = rules;
    this.folding = folding;
    this.subgroups = new Subgroups(rules.attributes(), rules.intersections());
    this.schedule = new WindowSchedule(rules, ages);
  }

  /** Whether nothing has been applied, before a restart or since. */
  public boolean isEmpty() {
    return blocks.isEmpty() && total.isEmpty();
  }

  /** Blocks before this number have been added to the total and forgotten. */
  public long forgottenBefore() {
    return forgottenBefore;
  }

  /** The total of forgotten blocks, for the engine's changelog. */
  public Map<CellKey, Tally> total() {
    return total;
  }

  /** Windows that begin before this pane are warm-up. */
  public void warmUpBefore(long pane) {
    warmUpBefore = Math.max(warmUpBefore, pane);
  }

  /**
   * Restores what {@link #forgottenBefore} and {@link #total} said, before deltas are applied
   * again.
   */
  public void restoreTotal(long forgotten, Map<CellKey, Tally> sums) {
    forgottenBefore = forgotten;
    total.clear();
    total.putAll(sums);
  }

  /** Applies a change of a cell's counter at an arrival pane; the books are not for the cube. */
  public void apply(long arrival, Counter counter, long amount) {
    if (counter instanceof Predicted predicted) {
      tally(arrival, predicted.pane(), predicted.cell(), amount)
          .addPredicted(predicted.decision(), amount);
    } else if (counter instanceof Labelled labelled) {
      tally(arrival, labelled.pane(), labelled.cell(), 0).addLabelled(labelled, amount);
    }
  }

  /** Applies a change again after a restart; what is in the restored total already stays out. */
  public void applyAgain(long arrival, Counter counter, long amount) {
    long pane =
        counter instanceof Predicted predicted
            ? predicted.pane()
            : counter instanceof Labelled labelled ? labelled.pane() : Long.MAX_VALUE;
    if (Math.floorDiv(pane, rules.block()) >= forgottenBefore) {
      apply(arrival, counter, amount);
    }
  }

  /** The first pane at whose close a statement is due, or {@code Long.MAX_VALUE}. */
  public long nextDue() {
    return schedule.next();
  }

  /** Closes an arrival pane: makes the statements that are due. */
  public void close(long pane, Consumer<Statement> statements) {
    schedule.close(pane, due -> state(due, pane, statements));
    forgetBlocks(pane);
  }

  /** Closes a pane again after a restart, without statements: they have been made. */
  public void closeSilently(long pane) {
    schedule.close(pane, due -> {});
    forgetBlocks(pane);
  }

  /** How often windows of everything were stated, by name; for the engine's changelog. */
  public Map<String, Integer> revisionsOfAll() {
    return schedule.revisionsOfAll();
  }

  /** Restores what {@link #revisionsOfAll} said, after panes were closed silently. */
  public void restoreRevisionsOfAll(Map<String, Integer> revisions) {
    schedule.restoreRevisionsOfAll(revisions);
  }

  /** The tally of a cell, which changes by so many predictions. */
  private Tally tally(long arrival, long pane, Cell finest, long predictions) {
    Tally known = last.tally;
    if (predictions == 0
        && known != null
        && last.pane == pane
        && last.arrival == arrival
        && finest.equals(last.cell)) {
      return known;
    }
    List<String> values = folding.fold(pane, finest.values());
    CellKey cell = new CellKey(finest.version(), values, finest.sampling());
    long block = Math.floorDiv(pane, rules.block());
    schedule.touched(arrival, block, cell, predictions);
    Map<CellKey, Tally> cells =
        block < forgottenBefore ? total : blocks.computeIfAbsent(block, b -> new HashMap<>());
    Tally tally = cells.computeIfAbsent(cell, c -> new Tally(rules.shape()));
    last = new Place(arrival, pane, finest, tally);
    return tally;
  }

  private void forgetBlocks(long pane) {
    last = Place.NOWHERE;
    long longest = rules.windows().stream().mapToLong(WindowSpec::size).max().orElse(0);
    long last = Math.floorDiv(statedUntil(pane) - longest - rules.finalAge() - 1, rules.block());
    NavigableMap<Long, Map<CellKey, Tally>> over = blocks.headMap(last, false);
    for (Map<CellKey, Tally> cells : over.values()) {
      addTo(total, cells);
    }
    over.clear();
    forgottenBefore = Math.max(forgottenBefore, last);
  }

  /**
   * The last pane up to which windows of everything have been stated, too: what has changed since
   * must be found again after a restart.
   */
  private long statedUntil(long pane) {
    long stated = pane;
    for (WindowSpec window : rules.windows()) {
      if (window.isAll()) {
        long periods = Math.floorDiv(pane + 1, window.advance());
        stated = Math.min(stated, periods * window.advance() - 1);
      }
    }
    return stated;
  }

  private void addTo(Map<CellKey, Tally> sums, Map<CellKey, Tally> cells) {
    cells.forEach(
        (cell, tally) -> sums.computeIfAbsent(cell, c -> new Tally(rules.shape())).addAll(tally));
  }

  private void state(WindowSchedule.Due due, long pane, Consumer<Statement> statements) {
    Map<String, Map<Integer, Sum>> versions = rollUp(due.window(), pane);
    versions.forEach((version, sums) -> state(due, pane, version, sums, statements));
  }

  private void state(
      WindowSchedule.Due due,
      long pane,
      String version,
      Map<Integer, Sum> sums,
      Consumer<Statement> statements) {
    Map<Subgroup, Integer> published = new TreeMap<>();
    Map<String, Integer> withheld = new TreeMap<>();
    sums.forEach(
        (number, sum) -> {
          Subgroup subgroup = subgroups.subgroup(number);
          if (sum.tally.predictions() >= rules.publishMin()) {
            published.put(subgroup, number);
          } else if (sum.tally.predictions() > 0) {
            withheld.merge(subgroup.attributes(), 1, Integer::sum);
          }
        });
    Map<Subgroup, Integer> stated = emptied(due, version, sums);
    published.forEach(
        (subgroup, number) -> {
          if (due.isChanged(version, values -> isMember(values, number))) {
            stated.put(subgroup, number);
          }
        });
    Sum none = new Sum(rules.shape());
    stated.forEach(
        (subgroup, number) -> {
          Sum sum = published.containsKey(subgroup) ? sums.getOrDefault(number, none) : none;
          statements.accept(
              new Statement(
                  model,
                  version,
                  due.window(),
                  subgroup,
                  due.age(),
                  due.revision(),
                  pane,
                  due.window().start() < warmUpBefore,
                  sum.tally,
                  sum.mature,
                  sums.getOrDefault(0, none).tally,
                  number == 0 ? peers(published, sums) : Map.of(),
                  number == 0 ? withheld : Map.of()));
        });
  }

  /**
   * The subgroups that were published and have become too small since, as attributes that became
   * known late moved their predictions elsewhere. They are stated once more, without a count, so
   * that what was said of them does not stand.
   */
  private Map<Subgroup, Integer> emptied(
      WindowSchedule.Due due, String version, Map<Integer, Sum> sums) {
    Map<Integer, Long> moved = new TreeMap<>();
    due.changed()
        .forEach(
            (cell, predictions) -> {
              if (cell.version.equals(version) && predictions != 0 && due.revision() > 1) {
                for (int number : subgroups.of(cell.values)) {
                  moved.merge(number, predictions, Long::sum);
                }
              }
            });
    Map<Subgroup, Integer> emptied = new TreeMap<>();
    moved.forEach(
        (number, predictions) -> {
          Sum sum = sums.get(number);
          long now = sum == null ? 0 : sum.tally.predictions();
          if (now < rules.publishMin() && now - predictions >= rules.publishMin()) {
            emptied.put(subgroups.subgroup(number), number);
          }
        });
    return emptied;
  }

  private boolean isMember(List<String> values, int number) {
    for (int subgroup : subgroups.of(values)) {
      if (subgroup == number) {
        return true;
      }
    }
    return false;
  }

  private Map<String, List<Peer>> peers(Map<Subgroup, Integer> published, Map<Integer, Sum> sums) {
    Map<String, List<Peer>> peers = new TreeMap<>();
    published.forEach(
        (subgroup, number) -> {
          if (subgroup.terms().size() == 1) {
            Sum sum = sums.getOrDefault(number, new Sum(rules.shape()));
            peers
                .computeIfAbsent(subgroup.terms().get(0).attribute(), a -> new ArrayList<>())
                .add(new Peer(subgroup, sum.tally));
          }
        });
    return peers;
  }

  /** Tallies of a window by version and subgroup number, as known at the close of a pane. */
  private Map<String, Map<Integer, Sum>> rollUp(Window window, long pane) {
    Map<String, Map<Integer, Sum>> versions = new TreeMap<>();
    if (window.spec().isAll()) {
      addTo(versions, total, true);
    }
    for (Map.Entry<Long, Map<CellKey, Tally>> block : blocksOf(window).entrySet()) {
      long blockEnd = (block.getKey() + 1) * rules.block();
      addTo(versions, block.getValue(), blockEnd + rules.finalAge() <= pane + 1);
    }
    return versions;
  }

  private void addTo(
      Map<String, Map<Integer, Sum>> versions, Map<CellKey, Tally> cells, boolean isMature) {
    cells.forEach(
        (cell, tally) -> {
          Map<Integer, Sum> sums = versions.computeIfAbsent(cell.version, v -> new HashMap<>());
          for (int subgroup : subgroups.of(cell.values)) {
            sums.computeIfAbsent(subgroup, n -> new Sum(rules.shape()))
                .add(cell.sampling, tally, isMature);
          }
        });
  }

  private NavigableMap<Long, Map<CellKey, Tally>> blocksOf(Window window) {
    return window.spec().isAll()
        ? blocks
        : blocks.subMap(window.start() / rules.block(), true, window.end() / rules.block(), false);
  }

  /** A tally and how many of its predictions are mature. */
  private static final class Sum {
    private final Tally tally;
    private long mature;

    Sum(Shape shape) {
      tally = new Tally(shape);
    }

    void add(Sampling sampling, Tally other, boolean isMature) {
      tally.addAll(other);
      if (!sampling.equals(Sampling.NONE)) {
        tally.part(sampling).addAll(other);
      }
      mature += isMature ? other.predictions() : 0;
    }
  }
}
