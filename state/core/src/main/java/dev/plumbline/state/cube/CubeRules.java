package dev.plumbline.state.cube;

import dev.plumbline.state.record.Sampling;
import java.util.List;
import java.util.Set;

/**
 * What the roll-up needs to know of a monitor. Lengths are in panes.
 *
 * @param intersections most attributes that a subgroup names
 * @param cap most values of an attribute; {@code other} and {@code missing} are not counted
 * @param named for each attribute the values that the monitor file names; they are never folded
 * @param elsewhere the attributes that come by an input of their own, and may become known late
 * @param publishMin least number of predictions of a subgroup that is published
 * @param samplings how labels may be sampled, each with labels awaited; at least one
 * @param block length of the blocks that windows are made of: divides every size and advance
 * @param ages ages of labelled statements, ascending, the last one being {@link LabelAge#FINAL}
 */
public record CubeRules(
    List<String> attributes,
    int intersections,
    int cap,
    List<Set<String>> named,
    Set<String> elsewhere,
    long publishMin,
    Shape shape,
    List<Sampling> samplings,
    long block,
    List<WindowSpec> windows,
    List<LabelAge> ages) {

  /** How labels are sampled where they are not. */
  public static final List<Sampling> NOT_SAMPLED = List.of(Sampling.NONE);

  public CubeRules {
    attributes = List.copyOf(attributes);
    elsewhere = Set.copyOf(elsewhere);
    named = List.copyOf(named);
    samplings = List.copyOf(samplings);
    windows = List.copyOf(windows);
    ages = List.copyOf(ages);
    for (WindowSpec window : windows) {
      if (window.size() % block != 0 || window.advance() % block != 0) {
        throw new IllegalArgumentException(
            "block of " + block + " panes does not divide window " + window);
      }
    }
  }

  /** Rules of attributes that predictions bring themselves. */
  public CubeRules(
      List<String> attributes,
      int intersections,
      int cap,
      List<Set<String>> named,
      long publishMin,
      Shape shape,
      List<Sampling> samplings,
      long block,
      List<WindowSpec> windows,
      List<LabelAge> ages) {
    this(
        attributes,
        intersections,
        cap,
        named,
        Set.of(),
        publishMin,
        shape,
        samplings,
        block,
        windows,
        ages);
  }

  /** These rules where some attributes come by an input of their own. */
  public CubeRules withElsewhere(Set<String> names) {
    return new CubeRules(
        attributes,
        intersections,
        cap,
        named,
        names,
        publishMin,
        shape,
        samplings,
        block,
        windows,
        ages);
  }

  /** Panes after its own after which a prediction's label cannot change any more. */
  public long finalAge() {
    return ages.get(ages.size() - 1).panes();
  }
}
