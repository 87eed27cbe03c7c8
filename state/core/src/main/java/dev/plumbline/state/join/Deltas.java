package dev.plumbline.state.join;

import java.util.HashMap;
import java.util.Map;

/** Sums of deltas; a sum of zero is no delta. Confined to one task. */
public final class Deltas implements DeltaSink {

  private final Map<Delta, Long> amounts = new HashMap<>();

  @Override
  public void add(long pane, Counter counter, long amount) {
    amounts.merge(new Delta(pane, counter), amount, Deltas::sumOrNothing);
  }

  // A null result removes the mapping: a contribution that was taken back leaves no trace.
  @SuppressWarnings("NullAway")
  private static Long sumOrNothing(Long a, Long b) {
    long sum = a + b;
    return sum == 0 ? null : Long.valueOf(sum);
  }

  /** The sums so far; a view. */
  public Map<Delta, Long> amounts() {
    return amounts;
  }

  /** Number of sums that are not zero. */
  public int size() {
    return amounts.size();
  }

  /** Forgets all sums. */
  public void clear() {
    amounts.clear();
  }
}
