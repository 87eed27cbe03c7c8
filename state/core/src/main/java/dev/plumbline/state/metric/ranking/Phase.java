package dev.plumbline.state.metric.ranking;

/** Who dominates the interactions that the next model learns from (METRICS 4). */
public enum Phase {
  /** Below a third is generated. */
  HUMAN,
  /** A third to two thirds are. */
  COEXISTENCE,
  /** Above two thirds are. */
  GENERATED;

  private static final double HYSTERESIS = 0.03;

  /**
   * The phase of a first share of generated items.
   *
   * @param share in [0, 1]; a share of nothing is undefined and has no phase
   */
  public static Phase of(double share) {
    requireShare(share);
    return at(share);
  }

  private static Phase at(double share) {
    return share < 1 / 3.0 ? HUMAN : share > 2 / 3.0 ? GENERATED : COEXISTENCE;
  }

  /**
   * The next phase: it is left when the share is past its limit by 0.03.
   *
   * @param share in [0, 1]; where it is undefined the phase stays
   */
  public Phase next(double share) {
    requireShare(share);
    Phase above = at(share - HYSTERESIS);
    Phase below = at(share + HYSTERESIS);
    return above.compareTo(this) > 0 ? above : below.compareTo(this) < 0 ? below : this;
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in [0, 1], was " + share);
    }
  }
}
