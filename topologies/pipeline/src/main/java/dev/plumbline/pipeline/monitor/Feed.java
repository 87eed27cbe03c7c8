package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.CodedField;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.Origin;
import dev.plumbline.pipeline.monitor.Fields.Review;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.state.join.Outcomes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic of the user and the format of its values.
 *
 * @param columns of CSV values, in order; empty where a file's own header names them
 * @param selection which records count, and how events lie in them
 */
public record Feed(String topic, Format format, List<String> columns, Selection selection) {

  public Feed {
    columns = List.copyOf(columns);
  }

  /** The same in the rows of a file. */
  public Feed ofRows() {
    return new Feed(topic, format, columns, selection.ofRows());
  }

  /** Format of values. */
  public enum Format {
    /** Avro in the Confluent wire format. */
    AVRO,
    /** A JSON object, with or without the header of the Confluent wire format. */
    JSON,
    /** Protobuf in the Confluent wire format. */
    PROTOBUF,
    /** One line of comma-separated values. */
    CSV
  }

  /**
   * The predictions.
   *
   * @param decision empty where the score's threshold decides
   * @param attributes those that subgroups are made of, in that order: the order of cell values
   * @param review who has a label at all
   * @param subjects whom it is about, by name, where other inputs bring attributes of theirs
   */
  public record Predictions(
      Feed feed,
      IdSource id,
      TimeField time,
      Origin model,
      Origin version,
      Optional<Score> score,
      Optional<CodedField> decision,
      Optional<FieldPath> sequence,
      List<Attribute> attributes,
      Review review,
      Map<String, IdSource> subjects) {

    public Predictions {
      attributes = List.copyOf(attributes);
      subjects = Collections.unmodifiableMap(new LinkedHashMap<>(subjects));
    }

    /** The same in the rows of a file. */
    public Predictions ofRows() {
      return new Predictions(
          feed.ofRows(),
          id.ofRows(),
          time,
          model,
          version,
          score,
          decision,
          sequence,
          attributes,
          review,
          subjectsOfRows());
    }

    private Map<String, IdSource> subjectsOfRows() {
      Map<String, IdSource> rows = new LinkedHashMap<>();
      subjects.forEach((name, id) -> rows.put(name, id.ofRows()));
      return rows;
    }
  }

  /**
   * Attributes that come by an input of their own.
   *
   * @param subject whose they are, as feeds of predictions call it
   * @param id where the id of the subject is
   * @param known when they became known; empty: the Kafka timestamp
   * @param since from when they hold; empty: for predictions of any time
   * @param attributes those that it brings, by name
   * @param waits how long predictions wait for them, milliseconds
   */
  public record Attributes(
      Feed feed,
      String subject,
      IdSource id,
      Optional<TimeField> known,
      Optional<TimeField> since,
      Optional<FieldPath> sequence,
      List<Attribute> attributes,
      long waits) {

    public Attributes {
      attributes = List.copyOf(attributes);
    }

    /** The attribute of a name, if it brings it. */
    public Optional<Attribute> attribute(String name) {
      return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst();
    }

    /** The same in the rows of a file. */
    public Attributes ofRows() {
      return new Attributes(
          feed.ofRows(), subject, id.ofRows(), known, since, sequence, attributes, waits);
    }
  }

  /**
   * The labels.
   *
   * @param known when a label became known; empty: the Kafka timestamp
   * @param happened when it happened; empty: when it became known
   * @param horizon how long after its prediction a label may happen
   * @param lateBy how long after it happened a label may become known
   * @param ages inner edges of the age steps, ascending, below the horizon
   * @param outcomes how labels make an outcome
   * @param tombstones what a record without a value says
   */
  public record Labels(
      Feed feed,
      IdSource id,
      Optional<TimeField> known,
      Optional<TimeField> happened,
      Optional<FieldPath> sequence,
      CodedField label,
      Span horizon,
      Span lateBy,
      List<Span> ages,
      Outcomes outcomes,
      Tombstones tombstones) {

    /** What a record without a value says. */
    public enum Tombstones {
      /** It is an error. */
      REJECTED,
      /** The label of its key does not hold any more. */
      WITHDRAWN,
      /** Nothing: it only cleans up. */
      FILTERED
    }

    /** Stands in a map for values that say nothing of the outcome. */
    public static final String IGNORED = "ignored";

    /** Stands in a map for values that take back the labels before them. */
    public static final String WITHDRAWN = "withdrawn";

    public Labels {
      ages = List.copyOf(ages);
    }

    /** The same in the rows of a file. */
    public Labels ofRows() {
      return new Labels(
          feed.ofRows(),
          id.ofRows(),
          known,
          happened,
          sequence,
          label,
          horizon,
          lateBy,
          ages,
          outcomes,
          tombstones);
    }
  }
}
