package dev.plumbline.pipeline.mapping;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Lines of comma-separated values. */
final class CsvDecoder implements RowDecoder {

  private final Map<String, Integer> columns = new HashMap<>();

  CsvDecoder(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "columns: expected the column names of a CSV topic, was none; name them in the monitor"
              + " file");
    }
    for (String name : names) {
      columns.put(name, columns.size());
    }
    if (columns.size() != names.size()) {
      throw new IllegalArgumentException("columns: expected different names, was " + names);
    }
  }

  @Override
  public Decoded decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      try (CSVParser parser =
          CSVParser.builder()
              .setReader(new StringReader(text))
              .setFormat(CSVFormat.RFC4180)
              .get()) {
        return row(parser.getRecords());
      }
    } catch (CharacterCodingException notText) {
      return RowDecoder.undecodable("expected a CSV line, was not UTF-8");
    } catch (IOException | UncheckedIOException broken) {
      return RowDecoder.undecodable("expected a CSV line, was broken quoting");
    }
  }

  private Decoded row(List<CSVRecord> lines) {
    if (lines.size() != 1) {
      return RowDecoder.undecodable("expected one CSV line, was " + lines.size());
    }
    List<String> values = lines.get(0).toList();
    return values.size() == columns.size()
        ? new Decoded.Read(new CsvRow(columns, values))
        : RowDecoder.undecodable(
            "expected " + columns.size() + " CSV columns, was " + values.size());
  }
}
