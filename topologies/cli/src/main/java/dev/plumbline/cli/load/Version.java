package dev.plumbline.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.replay.RowFile;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.mapping.TopicMapping;
import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.IdSource;
import dev.plumbline.pipeline.monitor.IdSource.KeyForm;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.IdHash;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file that has everything that is known of all subjects, a row each: one version of it. Its rows
 * become records of the topic, the subject as the key.
 */
public final class Version {

  private static final int MOST_PROBLEMS = 20;

  private final Path file;
  private final List<String> columns;
  private final List<String> keyColumns;
  private final Optional<KeyForm> form;
  private final List<Integer> said;
  private final Map<ByteBuffer, byte[]> rows = new LinkedHashMap<>();
  private final Map<ByteBuffer, Long> numbers = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private Version(Path file, Feed.Attributes input) {
    this.file = file;
    this.columns = input.feed().columns();
    this.form = input.id() instanceof IdSource.Key key ? Optional.of(key.form()) : Optional.empty();
    this.keyColumns =
        input.id() instanceof IdSource.Paths paths
            ? paths.paths().stream().map(FieldPath::text).toList()
            : List.of(RowFile.KEY_COLUMN);
    List<String> unsaid = new ArrayList<>();
    input.known().ifPresent(known -> unsaid.add(known.path().text()));
    input.sequence().ifPresent(sequence -> unsaid.add(sequence.text()));
    this.said = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!unsaid.contains(columns.get(i))) {
        said.add(i);
      }
    }
  }

  /**
   * What one version changes.
   *
   * @param written records to write, in the order of the file; those without a value are tombstones
   * @param gone subjects that the file does not have
   */
  public record Changes(
      Map<ByteBuffer, Optional<byte[]>> written, int added, int changed, int unchanged, int gone) {

    public Changes {
      written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
    }
  }

  /**
   * Reads and checks a whole file.
   *
   * @param input where its rows go
   * @param now epoch milliseconds, as their Kafka timestamp will be
   * @throws Failure if its format, a column or a row does not fit
   */
  public static Version read(
      Monitor monitor, IdHash.Key key, Feed.Attributes input, Path file, long now) {
    requireRows(input);
    Version version = new Version(file, input);
    Function<Incoming, Mapped> mapping =
        TopicMapping.of(
            monitor,
            input.feed().topic(),
            key,
            feed -> RowDecoder.csv(feed.columns()),
            id -> new SchemaLookup.Answer.Unavailable("rows have no schema"));
    try (RowFile rows = RowFile.open(file)) {
      version.read(rows, mapping, now);
    }
    if (!version.problems.isEmpty()) {
      throw Failure.problem(
          String.join(System.lineSeparator(), version.problems)
              + System.lineSeparator()
              + "nothing was written");
    }
    return version;
  }

  private static void requireRows(Feed.Attributes input) {
    Feed feed = input.feed();
    if (feed.format() != Feed.Format.CSV) {
      throw Failure.problem(
          "topic %s: expected the format csv, as the rows of a file are written to it, was %s;"
                  .formatted(feed.topic(), feed.format().name().toLowerCase(Locale.ROOT))
              + " write to it with what makes its records");
    }
    if (input.id() instanceof IdSource.Header || input.id() instanceof IdSource.KeyField) {
      throw Failure.problem(
          "topic %s: expected the id of the %s in fields of the value or as the key itself, was"
                  .formatted(feed.topic(), input.subject())
              + " elsewhere; write to it with what makes its records");
    }
  }

  private void read(RowFile rows, Function<Incoming, Mapped> mapping, long now) {
    List<Integer> values = places(rows, columns);
    List<Integer> keys = places(rows, keyColumns);
    long number = 0;
    for (Optional<List<String>> texts = rows.nextTexts();
        texts.isPresent() && problems.size() < MOST_PROBLEMS;
        texts = rows.nextTexts()) {
      number++;
      if (texts.get().size() != rows.columns().size()) {
        refuse(number, rows.columns().size() + " columns, was " + texts.get().size());
      } else {
        add(number, chosen(texts.get(), keys), chosen(texts.get(), values), mapping, now);
      }
    }
  }

  private List<Integer> places(RowFile rows, List<String> names) {
    for (String name : names) {
      if (!rows.columns().contains(name)) {
        throw Failure.problem(
            "%s:1: expected a column %s, was none of that name; name it in the header row"
                .formatted(file, name));
      }
    }
    return names.stream().map(rows.columns()::indexOf).toList();
  }

  private static List<String> chosen(List<String> texts, List<Integer> places) {
    return places.stream().map(texts::get).toList();
  }

  private void refuse(long row, String expected) {
    problems.add("%s: row %d: expected %s".formatted(file, row, expected));
  }

  private void add(
      long row, List<String> id, List<String> texts, Function<Incoming, Mapped> mapping, long now) {
    Optional<ByteBuffer> key = key(id);
    if (key.isEmpty()) {
      refuse(row, "an id in " + String.join(", ", keyColumns) + ", was none that fits");
      return;
    }
    byte[] line = RowFile.line(texts);
    Mapped mapped = mapping.apply(new Incoming(0, now, key.get().array(), line));
    Long before = numbers.putIfAbsent(key.get(), row);
    if (mapped instanceof Mapped.Rejected rejected) {
      refuse(row, "what the monitor file maps; " + rejected.detail());
    } else if (before != null) {
      refuse(row, "one row for each subject, was that of row %d again".formatted(before));
    } else if (!(mapped instanceof Mapped.Filtered)) {
      rows.put(key.get(), line);
    }
  }

  private Optional<ByteBuffer> key(List<String> id) {
    if (id.stream().anyMatch(String::isBlank)) {
      return Optional.empty();
    }
    String text = id.get(0);
    try {
      return Optional.of(
          switch (form.orElse(KeyForm.TEXT)) {
            case LONG -> ByteBuffer.allocate(Long.BYTES).putLong(0, Long.parseLong(text.strip()));
            case INT ->
                ByteBuffer.allocate(Integer.BYTES).putInt(0, Integer.parseInt(text.strip()));
            case TEXT -> ByteBuffer.wrap(id.size() == 1 ? text.getBytes(UTF_8) : RowFile.line(id));
          });
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** How many subjects it knows. */
  public int size() {
    return rows.size();
  }

  /**
   * What it changes.
   *
   * @param before the last value of each key
   * @param deletesGone whether subjects that it does not have are deleted
   */
  public Changes since(Map<ByteBuffer, byte[]> before, boolean deletesGone) {
    Map<ByteBuffer, Optional<byte[]>> written = new LinkedHashMap<>();
    int added = 0;
    int changed = 0;
    for (Map.Entry<ByteBuffer, byte[]> row : rows.entrySet()) {
      byte[] known = before.getOrDefault(row.getKey(), new byte[0]);
      if (!before.containsKey(row.getKey())) {
        written.put(row.getKey(), Optional.of(row.getValue()));
        added++;
      } else if (!Objects.equals(content(known), content(row.getValue()))) {
        written.put(row.getKey(), Optional.of(row.getValue()));
        changed++;
      }
    }
    int unchanged = rows.size() - added - changed;
    int gone = 0;
    for (ByteBuffer key : before.keySet()) {
      if (!rows.containsKey(key)) {
        gone++;
        if (deletesGone) {
          written.put(key, Optional.empty());
        }
      }
    }
    return new Changes(written, added, changed, unchanged, gone);
  }

  /** What a row says, whenever it became known; nothing if it does not fit. */
  private Optional<List<String>> content(byte[] line) {
    try {
      List<String> texts = RowFile.texts(line);
      return texts.size() == columns.size() ? Optional.of(chosen(texts, said)) : Optional.empty();
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}
