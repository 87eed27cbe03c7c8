package dev.plumbline.pipeline.monitor;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** One thing that a monitor is asked to look at. */
public sealed interface Watch {

  /**
   * A change of rates against the reference, in every subgroup.
   *
   * @param tolerate change in either direction that is of no interest, as a share; empty: METHOD's
   *     default
   */
  record Performance(List<Metric> metrics, OptionalDouble tolerate) implements Watch {

    public Performance {
      metrics = List.copyOf(metrics);
    }
  }

  /** A rate that can be watched. */
  enum Metric {
    ACCURACY,
    TPR,
    FPR,
    SELECTION;

    /** Its name in the file. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Metric of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
