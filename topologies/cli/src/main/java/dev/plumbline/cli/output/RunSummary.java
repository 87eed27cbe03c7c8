package dev.plumbline.cli.output;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.ReferenceFrozen;
import dev.plumbline.schemas.avro.Refused;
import dev.plumbline.schemas.avro.SuppressedRejects;
import dev.plumbline.schemas.avro.VerdictChanged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a monitor published, as tables for a person. */
public final class RunSummary implements Consumer<Published> {

  private static final String ALL = "all";
  private static final String FINAL = "final";

  private final BookTable books = new BookTable();
  private final SeriesTable series = new SeriesTable();
  private final AlertTable alerts = new AlertTable();
  private final Set<List<Object>> windows = new HashSet<>();
  private final Map<String, Metrics> last = new TreeMap<>();
  private final Set<String> refusals = new TreeSet<>();
  private long statements;
  private long aboutAll;
  private long withholding;
  private int mostWithheld;
  private long suppressed;

  @Override
  public void accept(Published record) {
    if (record.value() instanceof Metrics metrics) {
      accept(metrics);
    } else if (record.value() instanceof Alert alert) {
      alerts.add(alert);
    } else if (record.value() instanceof Audit audit) {
      event(audit.getEvent());
    }
  }

  private void accept(Metrics metrics) {
    statements++;
    if (metrics.getSubgroup().equals(ALL)) {
      aboutAll++;
      withholding += metrics.getWithheld() > 0 ? 1 : 0;
      mostWithheld = Math.max(mostWithheld, metrics.getWithheld());
    }
    boolean isAll = metrics.getWindowSize().equals(ALL);
    if (!isAll) {
      windows.add(List.of(metrics.getWindowSize(), metrics.getWindowStart()));
    } else if (FINAL.equals(metrics.getLabelAge())) {
      String subgroup = metrics.getSubgroup();
      String order = subgroup.equals(ALL) ? "" : subgroup;
      last.put(metrics.getModel() + " " + metrics.getVersion() + "\0" + order, metrics);
    }
  }

  private void event(Object event) {
    if (event instanceof Books pane) {
      books.add(pane);
    } else if (event instanceof VerdictChanged changed) {
      series.add(changed);
    } else if (event instanceof ReferenceFrozen frozen) {
      series.add(frozen);
    } else if (event instanceof Refused refused) {
      refusals.add(refused.getProblem() + "; " + refused.getRemedy());
    } else if (event instanceof SuppressedRejects more) {
      suppressed += more.getCount();
    }
  }

  /** What became of every record. */
  public BookTable books() {
    return books;
  }

  /** Why the monitor refused to watch; empty if it did not. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * The tables.
   *
   * @param names how to call topics; others are called by their own name
   */
  public List<String> lines(Monitor monitor, Map<String, String> names) {
    List<String> lines = new ArrayList<>(books.lines(names, false));
    if (suppressed > 0) {
      lines.add(suppressed + " rejects were counted, but not written one by one");
    }
    lines.add("%,d windows, %,d statements".formatted(windows.size(), statements));
    lines.addAll(withheld(monitor));
    if (!last.isEmpty()) {
      lines.addAll(SubgroupTable.of(last.values()));
    }
    lines.addAll(series.lines(monitor, (model, of) -> Optional.empty(), false));
    lines.add(alerts.count());
    lines.addAll(alerts.lines(false));
    return lines;
  }

  /** Predictions that were accepted from any topic. */
  public long accepted(Monitor monitor) {
    return monitor.topics().keySet().stream().mapToLong(books::accepted).sum();
  }

  /** What is not said of small groups, without their sizes. */
  private List<String> withheld(Monitor monitor) {
    int fewest = monitor.subgroups().publishMin();
    if (statements == 0 && accepted(monitor) > 0) {
      return List.of(
          "nothing is stated, as no window has %d predictions (subgroups.publish_min)"
              .formatted(fewest));
    }
    return withholding == 0
        ? List.of()
        : List.of(
            "withheld: subgroups of fewer than %d predictions (subgroups.publish_min), in %,d of"
                    .formatted(fewest, withholding)
                + " %,d statements about all; up to %,d in one".formatted(aboutAll, mostWithheld));
  }
}
