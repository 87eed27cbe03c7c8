package dev.plumbline.state.cube;

import java.util.List;
import java.util.Map;

/**
 * What is said of one subgroup in one window at one label age.
 *
 * @param revision 1 for the first statement of this key, counted per window and age
 * @param pane the arrival pane at whose close it is made
 * @param warmUp whether the window reaches before the first record that was read
 * @param mature predictions of the window whose label can no longer change
 * @param everybody the tally of all predictions of the window
 * @param peers of the statement about everybody: the published subgroups that name one attribute,
 *     by attribute; else empty
 * @param withheld of the statement about everybody: how many subgroups are too small to be
 *     published, by the attributes that they name, joined with {@code &}; else empty
 */
public record Statement(
    String model,
    String version,
    Window window,
    Subgroup subgroup,
    LabelAge age,
    int revision,
    long pane,
    boolean warmUp,
    Tally tally,
    long mature,
    Tally everybody,
    Map<String, List<Peer>> peers,
    Map<String, Integer> withheld) {

  /** A subgroup that names one attribute, for comparison with its like. */
  public record Peer(Subgroup subgroup, Tally tally) {}
}
