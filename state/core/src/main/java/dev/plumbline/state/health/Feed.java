package dev.plumbline.state.health;

/** An input partition. */
public record Feed(String topic, int partition, Brings brings) {

  /** What an input brings. */
  public enum Brings {
    PREDICTIONS,
    LABELS,
    /** Attributes of subjects, which may be silent for as long as none of them changes. */
    ATTRIBUTES
  }
}
