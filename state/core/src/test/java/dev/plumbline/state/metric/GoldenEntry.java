package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One entry of a golden file with access to the rows that it names. */
record GoldenEntry(Path file, JsonNode json, Map<Path, GoldenRows> tables) {

  String id() {
    return json.path("id").asText();
  }

  String metric() {
    return json.path("metric").asText();
  }

  double tolerance() {
    return json.path("tolerance").asDouble();
  }

  JsonNode inline() {
    return json.path("inputs").path("inline");
  }

  JsonNode param(String name) {
    return json.path("params").path(name);
  }

  /** Refuses parameters that the check would not heed. */
  GoldenEntry withParams(String... known) {
    Set<String> others = new TreeSet<>();
    json.path("params").fieldNames().forEachRemaining(others::add);
    List.of(known).forEach(others::remove);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException("unknown params " + others);
    }
    return this;
  }

  GoldenValue value(GoldenValue.Book book) {
    return new GoldenValue(json.path("value"), "value", book);
  }

  /** The rows of the inputs, filtered. */
  GoldenRows rows() {
    JsonNode inputs = json.path("inputs");
    Set<String> others = new TreeSet<>();
    inputs.fieldNames().forEachRemaining(others::add);
    List.of("file", "inline", "where").forEach(others::remove);
    if (!others.isEmpty() || inputs.has("file") == inputs.has("inline")) {
      throw new IllegalArgumentException("unknown inputs " + inputs);
    }
    GoldenRows rows =
        inputs.has("file")
            ? table(file.resolveSibling(inputs.path("file").asText()))
            : GoldenRows.ofInline(inputs.path("inline"));
    return inputs.has("where") ? rows.where(inputs.path("where").asText()) : rows;
  }

  /** The rows of the file that one of several filters names, such as {@code ref}. */
  GoldenRows rows(String filter) {
    JsonNode inputs = json.path("inputs");
    if (!inputs.has("file") || !inputs.has(filter)) {
      throw new IllegalArgumentException("no filter " + filter + " in inputs " + inputs);
    }
    return table(file.resolveSibling(inputs.path("file").asText()))
        .where(inputs.path(filter).asText());
  }

  private GoldenRows table(Path csv) {
    return tables.computeIfAbsent(
        csv,
        path -> {
          try {
            return GoldenRows.ofCsv(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
