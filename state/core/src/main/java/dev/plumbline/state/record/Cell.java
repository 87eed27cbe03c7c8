package dev.plumbline.state.record;

import java.util.List;

/**
 * The finest combination that a prediction belongs to: model, version and one value for each
 * attribute of the monitor, in the order of its file.
 *
 * @param values attribute values as canonical text; a missing value is {@link #MISSING}
 */
public record Cell(String model, String version, List<String> values) implements Comparable<Cell> {

  /** The value of an attribute that a record does not have (METRICS 0.2). */
  public static final String MISSING = "missing";

  /** Stands for all values beyond an attribute's cap. */
  public static final String OTHER = "other";

  public Cell {
    values = List.copyOf(values);
  }

  @Override
  public int compareTo(Cell other) {
    int order = model.compareTo(other.model);
    if (order == 0) {
      order = version.compareTo(other.version);
    }
    for (int i = 0; order == 0 && i < Math.min(values.size(), other.values.size()); i++) {
      order = values.get(i).compareTo(other.values.get(i));
    }
    return order != 0 ? order : Integer.compare(values.size(), other.values.size());
  }
}
