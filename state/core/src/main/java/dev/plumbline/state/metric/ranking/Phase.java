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

  /** The phase of a first share of generated items, in [0, 1]. */
  public static Phase of(double share) {
    return share < 1 / 3.0 ? HUMAN : share > 2 / 3.0 ? GENERATED : COEXISTENCE;
  }

  /** The next phase: it is left when the share is past its limit by 0.03. */
  public Phase next(double share) {
    Phase stays = of(share);
    if (stays.compareTo(this) > 0) {
      Phase reached = of(share - HYSTERESIS);
      return reached.compareTo(this) > 0 ? reached : this;
    }
    Phase reached = of(share + HYSTERESIS);
    return reached.compareTo(this) < 0 ? reached : this;
  }
}
