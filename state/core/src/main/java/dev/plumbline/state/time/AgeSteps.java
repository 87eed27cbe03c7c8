package dev.plumbline.state.time;

import java.util.Arrays;

/**
 * Label age steps. Age is the pane in which a label became known minus the pane of its prediction,
 * in whole panes, never below 0. Step {@code z} holds ages in {@code [edge(z), edge(z+1))}; the
 * step after the last edge holds labels beyond the evidence horizon, which are displayed but are no
 * evidence (METHOD section 4).
 */
public final class AgeSteps {

  private final long[] edges;

  private AgeSteps(long[] edges) {
    this.edges = edges;
  }

  /**
   * Age steps from their edges in panes.
   *
   * @param edges ascending from 0; the last one is the evidence horizon; at least two
   */
  public static AgeSteps ofPanes(long... edges) {
    if (edges.length < 2 || edges[0] != 0) {
      throw new IllegalArgumentException(
          "age edges must begin with 0 and name a horizon, were " + Arrays.toString(edges));
    }
    for (int i = 1; i < edges.length; i++) {
      if (edges[i] <= edges[i - 1]) {
        throw new IllegalArgumentException("age edges must ascend, were " + Arrays.toString(edges));
      }
    }
    return new AgeSteps(edges.clone());
  }

  /** Number of steps that are evidence; {@code beyond()} is the index of the one that is not. */
  public int count() {
    return edges.length - 1;
  }

  /** Index of the step of labels at or beyond the evidence horizon. */
  public int beyond() {
    return edges.length - 1;
  }

  /** Lower edge of a step, in panes. */
  public long edge(int step) {
    return edges[step];
  }

  /** The evidence horizon in panes. */
  public long horizon() {
    return edges[edges.length - 1];
  }

  /** Step of an age in panes; negative ages count as 0. */
  public int step(long age) {
    int step = edges.length - 1;
    while (step > 0 && age < edges[step]) {
      step--;
    }
    return step;
  }
}
