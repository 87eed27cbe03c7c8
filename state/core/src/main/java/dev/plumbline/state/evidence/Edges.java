package dev.plumbline.state.evidence;

/** The edges of a band, stratum by stratum. */
interface Edges {

  /** Hours that are strata: 24, or 1 where the hour is no stratum. */
  int hours();

  /** Number of strata, numbered {@code age * hours() + hour}. */
  int strata();

  /** Whether the band has an edge in this direction. */
  boolean bets(Direction direction);

  /** Edge in a stratum; only where {@link #bets} holds. */
  double edge(Direction direction, int stratum);
}
