package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rows that an entry is computed from: of a CSV file, or inline columns; as text by column. */
record GoldenRows(List<Map<String, String>> rows) {

  private static final Pattern REMARK = Pattern.compile(" \\([^()]*\\)$");
  private static final Pattern AND = Pattern.compile(" and ");
  private static final Pattern BETWEEN = Pattern.compile("(\\d+)<=(\\w+)<=(\\d+)");
  private static final Pattern MEMBER = Pattern.compile("(\\w+) in \\[(.*)]");
  private static final Pattern EQUAL = Pattern.compile("(\\w+)==(.*)");
  private static final double THRESHOLD = 0.5;

  /** Partitions over which rows are dealt before they are counted. */
  private static final int PARTS = 5;

  static GoldenRows ofCsv(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = cells(lines.get(0));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      if (cells.size() != header.size()) {
        throw new IllegalArgumentException(
            file + ": expected " + header.size() + " cells, was \"" + line + "\"");
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(header.get(i), cells.get(i));
      }
      rows.add(row);
    }
    return new GoldenRows(rows);
  }

  /** Cells of a line; a quoted cell may hold commas and doubled quotes. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && line.startsWith("\"\"", i)) {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  static GoldenRows ofInline(JsonNode columns) {
    List<Map<String, String>> rows = new ArrayList<>();
    columns
        .properties()
        .forEach(
            column -> {
              for (int i = 0; i < column.getValue().size(); i++) {
                if (i == rows.size()) {
                  rows.add(new LinkedHashMap<>());
                }
                rows.get(i).put(column.getKey(), column.getValue().get(i).asText());
              }
            });
    return new GoldenRows(rows);
  }

  /** The rows that meet all conditions of a filter; a remark in parentheses is no condition. */
  GoldenRows where(String filter) {
    GoldenRows kept = this;
    for (String condition : AND.split(REMARK.matcher(filter).replaceFirst(""), -1)) {
      kept = kept.only(condition(condition.strip()));
    }
    return kept;
  }

  private static Predicate<Map<String, String>> condition(String text) {
    Matcher between = BETWEEN.matcher(text);
    if (between.matches()) {
      long low = Long.parseLong(between.group(1));
      long high = Long.parseLong(between.group(3));
      return row -> {
        long value = Long.parseLong(cell(row, between.group(2)));
        return low <= value && value <= high;
      };
    }
    Matcher member = MEMBER.matcher(text);
    if (member.matches()) {
      List<String> values =
          Pattern.compile(",")
              .splitAsStream(member.group(2))
              .map(value -> value.strip().replaceAll("^'|'$", ""))
              .toList();
      return row -> values.contains(cell(row, member.group(1)));
    }
    Matcher equal = EQUAL.matcher(text);
    if (equal.matches()) {
      return row -> cell(row, equal.group(1)).equals(equal.group(2));
    }
    throw new IllegalArgumentException("unknown filter \"" + text + "\"");
  }

  GoldenRows only(Predicate<Map<String, String>> condition) {
    return new GoldenRows(rows.stream().filter(condition).toList());
  }

  /** Rows by the value of a column, or by the values of several, joined with a bar. */
  SortedMap<String, GoldenRows> by(List<String> columns) {
    SortedMap<String, List<Map<String, String>>> groups = new TreeMap<>();
    for (Map<String, String> row : rows) {
      String key =
          columns.stream().map(column -> cell(row, column)).collect(Collectors.joining("|"));
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
    }
    SortedMap<String, GoldenRows> result = new TreeMap<>();
    groups.forEach((key, group) -> result.put(key, new GoldenRows(group)));
    return result;
  }

  /** Counters of these rows as a stream brings them: of shuffled partitions, then merged. */
  <T> T merged(Function<GoldenRows, T> count, BinaryOperator<T> merge) {
    SplittableRandom random = new SplittableRandom(rows.size());
    List<List<Map<String, String>>> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      parts.add(new ArrayList<>());
    }
    for (Map<String, String> row : rows) {
      List<Map<String, String>> part = parts.get(random.nextInt(PARTS));
      part.add(random.nextInt(part.size() + 1), row);
    }
    return parts.stream()
        .map(part -> count.apply(new GoldenRows(part)))
        .reduce(merge)
        .orElseThrow();
  }

  Confusion confusion() {
    return confusion(GoldenRows::decision);
  }

  Confusion confusion(Predicate<Map<String, String>> decision) {
    return merged(part -> part.counted(decision), Confusion::merge);
  }

  private Confusion counted(Predicate<Map<String, String>> decision) {
    Confusion counts = Confusion.EMPTY;
    for (Map<String, String> row : rows) {
      counts = counts.plus(ConfusionChange.of(decision.test(row) ? 1 : 0, label(row), 1));
    }
    return counts;
  }

  /** Rows of a table by the values of a column, its columns by those of another one. */
  Contingency table(String rowColumn, List<String> rowValues, String column, List<String> values) {
    return merged(
        part ->
            new Contingency(
                rowValues.stream()
                    .map(row -> part.with(rowColumn, row).counts(column, values))
                    .toList()),
        Contingency::merge);
  }

  private GoldenRows with(String column, String value) {
    return only(row -> cell(row, column).equals(value));
  }

  private List<Long> counts(String column, List<String> values) {
    return values.stream().map(value -> (long) with(column, value).rows.size()).toList();
  }

  static boolean decision(Map<String, String> row) {
    return row.containsKey("pred")
        ? cell(row, "pred").equals("1")
        : micro(row) >= ScoreBins.micro(THRESHOLD);
  }

  ScoreHistogram histogram(int bins) {
    return histogram(new ScoreBins(bins));
  }

  /** Each score in a bin of its own. */
  ScoreHistogram exactScores() {
    return histogram(ScoreBins.FINEST);
  }

  private ScoreHistogram histogram(ScoreBins bins) {
    return merged(part -> part.counted(bins), ScoreHistogram::merge);
  }

  private ScoreHistogram counted(ScoreBins bins) {
    SortedMap<Integer, ScoreHistogram.Bin> filled = new TreeMap<>();
    for (Map<String, String> row : rows) {
      int index = bins.bin(micro(row));
      int label = label(row);
      filled.merge(
          index, new ScoreHistogram.Bin(index, label, 1 - label), ScoreHistogram.Bin::merge);
    }
    return new ScoreHistogram(bins.count(), List.copyOf(filled.values()));
  }

  static int micro(Map<String, String> row) {
    return ScoreBins.micro(Double.parseDouble(cell(row, "score")));
  }

  static int label(Map<String, String> row) {
    return Integer.parseInt(cell(row, "label"));
  }

  static String cell(Map<String, String> row, String column) {
    String cell = row.get(column);
    if (cell == null) {
      throw new IllegalArgumentException("no column " + column + " among " + row.keySet());
    }
    return cell;
  }
}
