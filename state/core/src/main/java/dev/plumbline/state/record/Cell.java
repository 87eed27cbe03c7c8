package dev.plumbline.state.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The finest combination that a prediction belongs to: model, version, one value for each attribute
 * of the monitor, in the order of its file, and how its label is sampled.
 *
 * <p>A value like a record, but its hash is kept: every event looks its cell up several times.
 */
public final class Cell implements Comparable<Cell> {

  /** The value of an attribute that a record does not have (METRICS 0.2). */
  public static final String MISSING = "missing";

  /** Stands for all values beyond an attribute's cap. */
  public static final String OTHER = "other";

  private final String model;
  private final String version;
  private final List<String> values;
  private final Sampling sampling;
  private final int hash;

  /**
   * A cell.
   *
   * @param values attribute values as canonical text; a missing value is {@link #MISSING}
   */
  public Cell(String model, String version, List<String> values, Sampling sampling) {
    this.model = model;
    this.version = version;
    this.values = List.copyOf(values);
    this.sampling = sampling;
    // The values first: short codes beside a short version would meet in the same hash.
    int finest = 31 * this.values.hashCode() + sampling.hashCode();
    this.hash = 31 * (31 * finest + version.hashCode()) + model.hashCode();
  }

  /** A cell of predictions whose labels are not sampled. */
  public Cell(String model, String version, List<String> values) {
    this(model, version, values, Sampling.NONE);
  }

  /** Name of the model. */
  public String model() {
    return model;
  }

  /** Version of the model; empty where models have none. */
  public String version() {
    return version;
  }

  /** Attribute values, in the order of the monitor file. */
  public List<String> values() {
    return values;
  }

  /** How the labels of its predictions are sampled. */
  public Sampling sampling() {
    return sampling;
  }

  @Override
  public int compareTo(Cell other) {
    int order = model.compareTo(other.model);
    if (order == 0) {
      order = version.compareTo(other.version);
    }
    if (order == 0) {
      order = compareValues(values, other.values);
    }
    return order != 0 ? order : sampling.compareTo(other.sampling);
  }

  /** Order of attribute values: by the first that differs. */
  public static int compareValues(List<String> one, List<String> other) {
    int order = 0;
    for (int i = 0; order == 0 && i < Math.min(one.size(), other.size()); i++) {
      order = one.get(i).compareTo(other.get(i));
    }
    return order != 0 ? order : Integer.compare(one.size(), other.size());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Cell cell
            && hash == cell.hash
            && model.equals(cell.model)
            && version.equals(cell.version)
            && values.equals(cell.values)
            && sampling.equals(cell.sampling));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "Cell[model="
        + model
        + ", version="
        + version
        + ", values="
        + values
        + ", "
        + sampling
        + "]";
  }
}
