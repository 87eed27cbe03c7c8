package dev.plumbline.cli.init;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.cli.replay.RowFile;
import dev.plumbline.pipeline.mapping.Value;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a kind of records holds: its fields, and what keys and headers say.
 *
 * @param columns in the order of the records
 */
record Profile(List<Event> events, List<Column> columns) {

  /** More leaves than this are not looked at: maps with a key for everybody. */
  private static final int MOST_LEAVES = 500;

  private static final List<String> ENVELOPE = List.of("envelope.ts_ms", "envelope.source.ts_ms");

  Profile {
    events = List.copyOf(events);
    columns = List.copyOf(columns);
  }

  static Profile of(Kinds.Kind kind, boolean isDebezium) {
    List<Event> events = kind.events();
    List<Column> columns = new ArrayList<>();
    for (String leaf : leaves(events, isDebezium)) {
      FieldPath path = FieldPath.of(leaf);
      List<Value> values = events.stream().map(event -> event.row().at(path)).toList();
      columns.add(Column.of(leaf, true, values, events));
    }
    columns.addAll(keys(events));
    Set<String> headers = new TreeSet<>();
    events.forEach(event -> headers.addAll(event.sighting().headers().keySet()));
    for (String header : headers) {
      List<Value> values =
          events.stream().map(event -> text(event.sighting().headers().get(header))).toList();
      columns.add(Column.of("{header: " + Yaml.text(header) + "}", false, values, events));
    }
    return new Profile(events, columns.stream().filter(column -> column.present() > 0).toList());
  }

  private static Set<String> leaves(List<Event> events, boolean isDebezium) {
    Set<String> leaves = new LinkedHashSet<>();
    for (Event event : events) {
      if (leaves.size() < MOST_LEAVES) {
        leaves.addAll(event.row().leaves());
      }
    }
    leaves.removeIf(
        leaf ->
            leaf.equals(RowFile.KEY_COLUMN)
                || leaf.equals(RowFile.TIMESTAMP_COLUMN)
                || leaf.startsWith(RowFile.HEADER_COLUMN)
                || List.of(leaf.split("\\.", -1)).contains(""));
    if (isDebezium) {
      leaves.addAll(ENVELOPE);
    }
    return leaves;
  }

  private static List<Column> keys(List<Event> events) {
    List<Column> columns = new ArrayList<>();
    List<Value> longs = events.stream().map(event -> number(event, Long.BYTES)).toList();
    List<Value> ints = events.stream().map(event -> number(event, Integer.BYTES)).toList();
    columns.add(
        Column.of(
            "{key: text}",
            false,
            events.stream().map(event -> text(event.sighting().key())).toList(),
            events));
    columns.add(Column.of("{key: long}", false, longs, events));
    columns.add(Column.of("{key: int}", false, ints, events));
    return columns;
  }

  private static Value number(Event event, int bytes) {
    byte[] key = event.sighting().key();
    if (key == null || key.length != bytes) {
      return Value.ABSENT;
    }
    ByteBuffer buffer = ByteBuffer.wrap(key);
    return new Value.Whole(bytes == Long.BYTES ? buffer.getLong() : buffer.getInt());
  }

  private static Value text(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return Value.ABSENT;
    }
    try {
      return new Value.Text(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      return Value.ABSENT;
    }
  }

  /** Columns whose values are times. */
  List<Column> times() {
    return columns.stream().filter(column -> column.time().isPresent()).toList();
  }

  Optional<Column> column(String place) {
    return columns.stream().filter(column -> column.place().equals(place)).findFirst();
  }
}
