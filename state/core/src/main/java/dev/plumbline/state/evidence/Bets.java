package dev.plumbline.state.evidence;

import static dev.plumbline.state.evidence.Elementary.clamp;
import static dev.plumbline.state.evidence.Elementary.expit;
import static dev.plumbline.state.evidence.Elementary.logit;

/**
 * The bets of a rate series: by stratum and bet, the logarithm that a success and a failure are
 * worth (METHOD 3 a for detecting, section 6 for resolving).
 *
 * <p>A bet claims log-odds {@code theta} beyond an edge; its factor has expectation at most 1 for
 * every rate on the near side of that edge, which makes it an e-value.
 */
final class Bets {

  /** Steps of log-odds of each direction. */
  static final int GRID = 8;

  /** Bets while detecting: {@link #GRID} up, then as many down. */
  static final int DETECTING = 2 * GRID;

  private static final double[] THETA = {
    0.1, 0.15, 0.225, 0.3375, 0.50625, 0.759375, 1.1390625, 1.70859375
  };
  private static final double FACTOR_MIN = -700;
  private static final double FACTOR_MAX = 600;
  private static final double BROKEN_SHARE = 0.25;

  private final int hours;
  private final int bets;
  private final double[] hit;
  private final double[] miss;
  private final double[] start;

  private Bets(int hours, int strata, int bets) {
    this.hours = hours;
    this.bets = bets;
    hit = new double[strata * bets];
    miss = new double[strata * bets];
    start = new double[bets];
  }

  /** Log-odds step {@code m} of the grid. */
  static double theta(int m) {
    return THETA[m];
  }

  /** Bets that a rate has left its band; none in a direction in which the band has no edge. */
  static Bets detecting(Edges edges) {
    Bets bets = new Bets(edges.hours(), edges.strata(), DETECTING);
    for (Direction direction : Direction.values()) {
      if (edges.bets(direction)) {
        bets.against(edges, direction);
      }
    }
    return bets;
  }

  private void against(Edges edges, Direction direction) {
    int first = direction == Direction.UP ? 0 : GRID;
    for (int m = 0; m < GRID; m++) {
      start[first + m] = 1.0 / DETECTING;
    }
    for (int z = 0; z < edges.strata(); z++) {
      double edge = edges.edge(direction, z);
      for (int m = 0; m < GRID; m++) {
        set(z, first + m, edge, direction.sign() * THETA[m]);
      }
    }
  }

  /**
   * Bets that a departure is over: from a boundary a quarter of the way to where it was seen, back
   * towards the band.
   *
   * @param departure {@code D}: log-odds of the rate since the change point beyond the edge
   */
  static Bets resolving(Edges edges, Direction direction, double departure) {
    Bets bets = new Bets(edges.hours(), edges.strata(), GRID);
    for (int z = 0; z < edges.strata(); z++) {
      double boundary = boundary(edges.edge(direction, z), departure);
      for (int m = 0; m < GRID; m++) {
        bets.set(z, m, boundary, -direction.sign() * THETA[m]);
      }
    }
    return bets;
  }

  /** Boundary of "still broken" in a stratum with this edge. */
  static double boundary(double edge, double departure) {
    return expit(logit(edge) + BROKEN_SHARE * departure);
  }

  private void set(int stratum, int bet, double boundary, double step) {
    double q = expit(logit(boundary) + step);
    hit[stratum * bets + bet] = StrictMath.log(q / boundary);
    miss[stratum * bets + bet] = StrictMath.log((1 - q) / (1 - boundary));
  }

  /** Number of bets. */
  int count() {
    return bets;
  }

  /** What each bet is given anew at every cohort or pane: its weight, 0 where there is no bet. */
  double[] start() {
    return start;
  }

  /** Log factor of one bet for one cohort or pane, divided by {@code phi} and clamped. */
  double logFactor(int bet, Tally tally, double phi) {
    int hour = hours == 1 ? 0 : tally.hour();
    double sum = 0;
    for (int a = 0; a < tally.trials.length; a++) {
      long k = tally.successes[a];
      int at = (a * hours + hour) * bets + bet;
      sum = sum + (k * hit[at] + (tally.trials[a] - k) * miss[at]);
    }
    return bounded(sum, phi);
  }

  /** A log factor divided by the dispersion, kept within what a double can carry. */
  static double bounded(double logFactor, double phi) {
    return clamp(logFactor / phi, FACTOR_MIN, FACTOR_MAX);
  }

  /** Factors of all bets for one cohort or pane, into {@code into} from {@code offset} on. */
  void factors(Tally tally, double phi, double[] into, int offset) {
    for (int j = 0; j < bets; j++) {
      into[offset + j] = StrictMath.exp(logFactor(j, tally, phi));
    }
  }
}
