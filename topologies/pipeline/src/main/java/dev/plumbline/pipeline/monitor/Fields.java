package dev.plumbline.pipeline.monitor;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the values of a prediction or label are in the user's records. */
public final class Fields {

  private Fields() {}

  /**
   * A path into nested records; of CSV, a column.
   *
   * @param text the steps, separated by dots
   * @param steps from the root
   */
  public record FieldPath(String text, List<String> steps) {

    public FieldPath {
      steps = List.copyOf(steps);
    }

    /** Splits the text of the file at its dots. */
    public static FieldPath of(String text) {
      return new FieldPath(text, List.of(text.split("\\.", -1)));
    }
  }

  /** A value that is in a field or the same for all records. */
  public sealed interface Origin {

    /** In a field. */
    record At(FieldPath path) implements Origin {}

    /** The same for all records. */
    record Constant(String value) implements Origin {}
  }

  /** A field that holds a time. */
  public record TimeField(FieldPath path, TimeForm form) {}

  /**
   * A field whose values stand for classes.
   *
   * @param map class by value of the field, as canonical text
   */
  public record CodedField(FieldPath path, Map<String, String> map) {

    public CodedField {
      map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The values of the field that stand for a class, in the order of the file. */
    public List<String> valuesOf(String name) {
      return map.entrySet().stream()
          .filter(entry -> entry.getValue().equals(name))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** An attribute of the people or things that are predicted about. */
  public record Attribute(String name, FieldPath path, Coding coding) {}

  /**
   * Who has a label at all.
   *
   * @param acted the decision that was acted upon; empty: the prediction's own
   * @param stratum of which labels are drawn with one probability; empty: no strata
   * @param selected what a prediction fulfils that was selected for a label; empty: every one
   */
  public record Review(
      Optional<CodedField> acted,
      Optional<Attribute> stratum,
      List<Selection.Condition.OfField> selected) {

    /** Labels are not sampled. */
    public static final Review NONE = new Review(Optional.empty(), Optional.empty(), List.of());

    public Review {
      selected = List.copyOf(selected);
    }
  }

  /** How the value of a field becomes the value of an attribute. */
  public sealed interface Coding {

    /** Not in this feed: it comes by an input of its own. */
    record Elsewhere() implements Coding {}

    /** As it is. */
    record Plain() implements Coding {}

    /**
     * By intervals of a number, left-closed.
     *
     * @param edges ascending, at least one
     */
    record Binned(List<BigDecimal> edges) implements Coding {

      public Binned {
        edges = List.copyOf(edges);
      }

      /** Names of the intervals: {@code <25, 25-45, >=45}; one more than edges. */
      public List<String> names() {
        String[] names = new String[edges.size() + 1];
        names[0] = "<" + edges.get(0).toPlainString();
        for (int i = 1; i < edges.size(); i++) {
          names[i] = edges.get(i - 1).toPlainString() + "-" + edges.get(i).toPlainString();
        }
        names[edges.size()] = ">=" + edges.get(edges.size() - 1).toPlainString();
        return List.of(names);
      }
    }

    /** By name. */
    record Renamed(Map<String, String> map) implements Coding {

      public Renamed {
        map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
      }
    }
  }
}
