package dev.plumbline.state.record;

/** A mapped input record: a prediction, a label, or attributes of a subject. */
public sealed interface Event permits Prediction, Label, Attributes {

  /** Stands for "no sequence mapped". */
  long NO_SEQUENCE = Long.MIN_VALUE;

  /** The id by which predictions and labels join; of attributes that of their subject. */
  IdHash id();

  /** Event time of a prediction, else the time at which it became known; epoch milliseconds. */
  long time();

  /** The mapped sequence, which orders records of equal time, or {@link #NO_SEQUENCE}. */
  long sequence();
}
