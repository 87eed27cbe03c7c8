package dev.plumbline.state.record;

/** A mapped input record: a prediction or a label. */
public sealed interface Event permits Prediction, Label {

  /** Stands for "no sequence mapped". */
  long NO_SEQUENCE = Long.MIN_VALUE;

  /** The id by which predictions and labels join. */
  IdHash id();

  /** Event time of a prediction, time at which a label became known; epoch milliseconds. */
  long time();

  /** The mapped sequence, which orders records of equal time, or {@link #NO_SEQUENCE}. */
  long sequence();
}
