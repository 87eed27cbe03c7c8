package dev.plumbline.state.evidence;

/** Identity of a rate series. */
public record SeriesName(RateMetric metric, Subgroup subgroup) {

  private static final String FAMILY = "performance";

  /** The text used in topics and files, such as {@code performance|tpr|sex=F}. */
  public String text() {
    return FAMILY + "|" + metric.text() + "|" + subgroup.name();
  }

  @Override
  public String toString() {
    return text();
  }
}
