package dev.plumbline.cli.replay;

import dev.plumbline.cli.failure.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file of comma-separated values with a header row, compressed with gzip or not. A row may extend
 * over several lines, within quotes.
 */
public final class RowFile implements AutoCloseable {

  /** A column of this name holds the Kafka timestamps of recorded records, epoch milliseconds. */
  public static final String TIMESTAMP_COLUMN = "kafka_timestamp";

  /** A column of this name holds the record keys, as texts. */
  public static final String KEY_COLUMN = "kafka_key";

  /** What stands before the name of a header in the name of its column. */
  public static final String HEADER_COLUMN = "kafka_header.";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BUFFER = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Path file;
  private final long size;
  private final Counting bytes;
  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;
  private final List<String> columns;
  private final int timestamp;
  private final int key;
  private final Map<String, Integer> headers = new HashMap<>();

  private RowFile(Path file, Counting bytes, CSVParser parser) throws IOException {
    this.file = file;
    this.size = Files.size(file);
    this.bytes = bytes;
    this.parser = parser;
    this.rows = parser.iterator();
    this.columns = header();
    this.timestamp = columns.indexOf(TIMESTAMP_COLUMN);
    this.key = columns.indexOf(KEY_COLUMN);
    for (String column : columns) {
      if (column.startsWith(HEADER_COLUMN)) {
        headers.put(column.substring(HEADER_COLUMN.length()), columns.indexOf(column));
      }
    }
  }

  /**
   * A row.
   *
   * @param number 0 for the first after the header
   * @param timestamp Kafka timestamp, 0 if the file has none
   * @param line the row as one value of a CSV topic, UTF-8
   * @param key record key, null if the file has none
   * @param headers record headers by name; those without a value are left out
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
  public record Row(
      long number,
      long timestamp,
      byte[] line,
      byte @Nullable [] key,
      Map<String, byte[]> headers) {}

  /**
   * Opens a file and reads its header.
   *
   * @throws Failure if it cannot be read or has no header
   */
  public static RowFile open(Path file) {
    try {
      Counting bytes = new Counting(Files.newInputStream(file));
      try {
        Reader text =
            new BufferedReader(
                new InputStreamReader(decompressed(bytes), StandardCharsets.UTF_8), BUFFER);
        return new RowFile(
            file, bytes, CSVParser.builder().setReader(text).setFormat(FORMAT).get());
      } catch (IOException | RuntimeException unusable) {
        bytes.close();
        throw unusable;
      }
    } catch (IOException | UncheckedIOException unreadable) {
      throw Failure.problem(
          file
              + ": expected a readable CSV file, plain or gzipped, was "
              + (Files.exists(file) ? reason(unreadable) : "no such file"),
          unreadable);
    }
  }

  private static InputStream decompressed(InputStream raw) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
    buffered.mark(2);
    boolean isCompressed = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
    buffered.reset();
    return isCompressed ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }

  private List<String> header() {
    if (!rows.hasNext()) {
      throw Failure.problem(
          file + ":1: expected a header row with the names of the columns, was an empty file");
    }
    List<String> names = rows.next().toList();
    if (names.get(0).indexOf(BYTE_ORDER_MARK) == 0) {
      names.set(0, names.get(0).substring(1));
    }
    if (names.stream().distinct().count() < names.size()) {
      throw Failure.problem(
          file + ":1: expected a header row with different names, was " + String.join(",", names));
    }
    return List.copyOf(names);
  }

  /** Names of the columns, in order. */
  public List<String> columns() {
    return columns;
  }

  Path file() {
    return file;
  }

  /** Whether the file says when its records were written to Kafka. */
  public boolean hasTimestamps() {
    return timestamp >= 0;
  }

  /** Share of the file that was read; 0 to 1. */
  double progress() {
    return size == 0 ? 1 : Math.min(1, (double) bytes.count / size);
  }

  /**
   * The next row; empty at the end.
   *
   * @throws Failure if the file is broken there
   */
  public Optional<Row> next() {
    return next(this::row);
  }

  /**
   * The texts of the next row, instead of the row; empty at the end.
   *
   * @throws Failure if the file is broken there
   */
  public Optional<List<String>> nextTexts() {
    return next(CSVRecord::toList);
  }

  /** Texts as one value of a CSV topic, UTF-8. */
  public static byte[] line(List<String> texts) {
    return FORMAT.format(texts.toArray()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The texts of a value of a CSV topic.
   *
   * @throws IllegalArgumentException if it is not one row
   */
  public static List<String> texts(byte[] line) {
    try (CSVParser parser = CSVParser.parse(new String(line, StandardCharsets.UTF_8), FORMAT)) {
      List<CSVRecord> rows = parser.getRecords();
      if (rows.size() != 1) {
        throw new IllegalArgumentException("expected one row, was " + rows.size());
      }
      return rows.get(0).toList();
    } catch (IOException | UncheckedIOException broken) {
      throw new IllegalArgumentException("expected a CSV row", broken);
    }
  }

  private <T> Optional<T> next(Function<CSVRecord, T> reading) {
    try {
      return rows.hasNext() ? Optional.of(reading.apply(rows.next())) : Optional.empty();
    } catch (IllegalStateException | UncheckedIOException broken) {
      throw Failure.problem(
          "%s:%d: expected a CSV row, was %s; correct the file from this line on"
              .formatted(file, parser.getCurrentLineNumber(), reason(broken)),
          broken);
    }
  }

  private Row row(CSVRecord read) {
    return new Row(
        read.getRecordNumber() - 2,
        timestamp(read),
        line(read.toList()),
        cell(read, key),
        headers.isEmpty() ? Map.of() : headers(read));
  }

  private Map<String, byte[]> headers(CSVRecord read) {
    Map<String, byte[]> values = new TreeMap<>();
    headers.forEach(
        (name, column) -> {
          byte[] value = cell(read, column);
          if (value != null) {
            values.put(name, value);
          }
        });
    return values;
  }

  private static byte @Nullable [] cell(CSVRecord read, int column) {
    return column < 0 || column >= read.size() || read.get(column).isEmpty()
        ? null
        : read.get(column).getBytes(StandardCharsets.UTF_8);
  }

  private long timestamp(CSVRecord read) {
    if (timestamp < 0 || timestamp >= read.size()) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(read.get(timestamp).strip()));
    } catch (NumberFormatException notMillis) {
      return 0;
    }
  }

  private static String reason(Throwable problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    return cause.getClass().getSimpleName() + " (" + cause.getMessage() + ")";
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts what is read of the file itself. */
  private static final class Counting extends FilterInputStream {
    private volatile long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads the file, others look on
    private void count(int more) {
      count += more;
    }
  }
}
