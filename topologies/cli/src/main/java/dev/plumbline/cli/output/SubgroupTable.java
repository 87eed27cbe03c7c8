package dev.plumbline.cli.output;

import dev.plumbline.schemas.avro.Counters;
import dev.plumbline.schemas.avro.Metrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The last word on every subgroup, as a table. */
final class SubgroupTable {

  private static final String ROW = "%-20s %-30s %9s %9s %9s %7s %7s %7s";

  private SubgroupTable() {}

  static List<String> of(Collection<Metrics> statements) {
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted("model", "subgroup", "n", "labelled", "accuracy", "tpr", "fpr", "fnr"));
    for (Metrics statement : statements) {
      lines.add(line(statement));
    }
    return lines;
  }

  private static String line(Metrics statement) {
    Counters counters = statement.getCounters();
    long tp = count(counters.getTp());
    long fp = count(counters.getFp());
    long fn = count(counters.getFn());
    long tn = count(counters.getTn());
    return ROW.formatted(
        (statement.getModel() + " " + statement.getVersion()).strip(),
        statement.getSubgroup(),
        counters.getPredictions(),
        tp + fp + fn + tn,
        share(tp + tn, tp + fp + fn + tn),
        share(tp, tp + fn),
        share(fp, fp + tn),
        share(fn, tp + fn));
  }

  private static long count(@Nullable Long counter) {
    return counter == null ? 0 : counter;
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.4f", (double) part / whole);
  }
}
