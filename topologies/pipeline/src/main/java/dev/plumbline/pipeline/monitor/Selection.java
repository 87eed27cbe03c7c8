package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which records of a topic are of a feed, and how events lie in them.
 *
 * @param where all must be fulfilled; else the record is of somebody else
 * @param explode the list whose elements are the events; empty: a record is one event
 * @param isDebezium whether records are changes of a row, in Debezium's envelope
 */
public record Selection(List<Condition> where, Optional<FieldPath> explode, boolean isDebezium) {

  /** Begins the paths that are looked up in the element of an exploded list. */
  public static final String ITEM = "item";

  /** Begins the paths that are looked up in the envelope and not in its row. */
  public static final String ENVELOPE = "envelope";

  /** Every record is one event. */
  public static final Selection ALL = new Selection(List.of(), Optional.empty(), false);

  public Selection {
    where = List.copyOf(where);
  }

  /** The same in the rows of a file: each is one event, and has no type. */
  public Selection ofRows() {
    List<Condition> ofRows =
        where.stream().filter(one -> !(one instanceof Condition.OfType)).toList();
    return new Selection(ofRows, Optional.empty(), false);
  }

  /** What a record must fulfil: a text of it is one of these. */
  public sealed interface Condition {

    /** The texts, as canonical text. */
    Set<String> texts();

    /** On a field. */
    record OfField(FieldPath path, Set<String> texts) implements Condition {}

    /** On a header. */
    record OfHeader(String name, Set<String> texts) implements Condition {}

    /** On the name of the record's type. */
    record OfType(Set<String> texts) implements Condition {}
  }
}
