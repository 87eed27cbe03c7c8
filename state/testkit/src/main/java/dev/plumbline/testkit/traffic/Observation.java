package dev.plumbline.testkit.traffic;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import java.util.List;
import java.util.function.Function;

/** One thing that a system would write to its topics. */
public sealed interface Observation {

  /** Text of the id by which the two kinds belong together. */
  String id();

  /** Epoch milliseconds: when it was scored, or when the truth became known. */
  long time();

  /** One result for each kind. */
  <T> T fold(Function<Scored, T> scored, Function<Known, T> known);

  /**
   * A prediction.
   *
   * @param values attribute values in the order of the plan's attributes
   * @param decision 1 for positive, 0 for negative
   * @param score micro-units, 0 to 1,000,000; at least half iff the decision is positive
   */
  record Scored(String id, long time, List<String> values, int decision, int score)
      implements Observation {

    public Scored {
      values = List.copyOf(values);
    }

    /** The prediction as an event of a model and version, without a sequence. */
    public Prediction toPrediction(IdHash.Key key, String model, String version) {
      Cell cell = new Cell(model, version, values);
      return new Prediction(IdHash.of(key, id), time, Event.NO_SEQUENCE, cell, decision, score);
    }

    @Override
    public <T> T fold(Function<Scored, T> scored, Function<Known, T> known) {
      return scored.apply(this);
    }
  }

  /**
   * The truth about a prediction.
   *
   * @param value 1 for positive, 0 for negative
   */
  record Known(String id, long time, int value) implements Observation {

    /** The truth as an event that happened when it became known, without a sequence. */
    public Label toLabel(IdHash.Key key) {
      return new Label(IdHash.of(key, id), time, time, Event.NO_SEQUENCE, value);
    }

    @Override
    public <T> T fold(Function<Scored, T> scored, Function<Known, T> known) {
      return known.apply(this);
    }
  }
}
