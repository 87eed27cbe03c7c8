package dev.plumbline.cli.output;

import java.util.List;

/** Rows of text as columns as wide as they need. */
public final class Columns {

  private static final String BETWEEN = "  ";

  private Columns() {}

  /** Lines of rows that have as many cells each. */
  public static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(BETWEEN);
    }
    return line.toString().stripTrailing();
  }
}
