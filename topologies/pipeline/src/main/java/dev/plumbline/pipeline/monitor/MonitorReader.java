package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Monitor.FalseAlarms;
import dev.plumbline.pipeline.monitor.Monitor.Interval;
import dev.plumbline.pipeline.monitor.Monitor.Owner;
import dev.plumbline.pipeline.monitor.Monitor.Settings;
import dev.plumbline.pipeline.monitor.Monitor.Subgroups;
import dev.plumbline.pipeline.monitor.Monitor.Times;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes a monitor of a file whose structure has been checked, and checks the content: what one key
 * says against what another says.
 */
final class MonitorReader {

  private static final int PUBLISH_MIN = 20;
  private static final int CAP = 50;
  private static final int SCORE_BINS = 1000;
  private static final int SHARDS = 8;
  private static final int MAX_RECORD_BYTES = 1 << 20;
  private static final String PREFIX = "plumbline";
  private static final String BUDGET = "1 per 30d";

  private final Cursor root;
  private final Source source;

  MonitorReader(Tree.Mapping file, Source source, Problems problems) {
    this.root = Cursor.of(file, problems);
    this.source = source;
  }

  /** A monitor; to be used only if no problem was found. */
  Monitor read() {
    FeedReader feeds = new FeedReader(root);
    WindowsReader spans = new WindowsReader(root);
    Windows windows = spans.windows();
    Subgroups subgroups = subgroups();
    AttributesReader elsewhere = new AttributesReader(root);
    List<Feed.Predictions> predictions = feeds.predictions(elsewhere::chosen);
    Feed.Labels labels = feeds.labels(spans);
    Interval plausible = spans.plausible();
    Span cohort = spans.cohort(windows, labels.horizon());
    Optional<Interval> reference = spans.reference(cohort, plausible);
    return new Monitor(
        name(),
        owner(),
        root.at("models").distinctTexts(),
        feeds.outcome(),
        predictions,
        labels,
        elsewhere.feeds(),
        new Times(plausible, !root.at("times").at("kafka_timestamps").text("").equals("ignored")),
        subgroups,
        windows,
        reference,
        falseAlarms(),
        watches(),
        settings(subgroups.publishMin()),
        source);
  }

  private String name() {
    return root.at("monitor").text("?");
  }

  private Owner owner() {
    Cursor place = root.at("owner");
    return new Owner(
        place.at("team").text(""), place.at("tier").text(""), place.at("runbook").text(""));
  }

  private Subgroups subgroups() {
    Cursor place = root.at("subgroups");
    List<String> attributes = place.at("attributes").distinctTexts();
    int intersections = place.at("intersections").integer(1);
    if (place.at("attributes").isSound() && intersections > Math.max(1, attributes.size())) {
      place
          .at("intersections")
          .refuse("at most the number of attributes, " + attributes.size(), "");
    }
    return new Subgroups(
        attributes,
        intersections,
        place.at("publish_min").integer(PUBLISH_MIN),
        place.at("cap").integer(CAP));
  }

  private FalseAlarms falseAlarms() {
    String[] parts = root.at("false_alarms").text(BUDGET).split(" per ", -1);
    double alerts = Double.parseDouble(parts[0]);
    if (alerts <= 0) {
      root.at("false_alarms").refuse("more than 0 alerts", "0 would need infinite evidence");
    }
    return new FalseAlarms(alerts, Span.parse(parts[1]).orElseThrow());
  }

  private List<Watch> watches() {
    List<Watch> watches = new ArrayList<>();
    for (Cursor item : root.at("watches").items()) {
      Cursor place = item.at("performance");
      if (!watches.isEmpty() && place.isPresent()) {
        place.refuse("one performance watch", "a second", "add its metrics to the first");
      }
      List<Watch.Metric> metrics =
          place.at("metrics").distinctTexts().stream().map(Watch.Metric::of).toList();
      Cursor tolerate = place.at("tolerate");
      watches.add(
          new Watch.Performance(
              metrics,
              tolerate.isPresent() ? OptionalDouble.of(tolerate.real(0)) : OptionalDouble.empty()));
    }
    if (!watches.isEmpty() && root.at("reference").tree() == null) {
      root.at("reference").refuse("from and to, as watches compare with a reference", "add it");
    }
    return watches;
  }

  private Settings settings(int publishMin) {
    return new Settings(
        keySource(),
        root.at("score_bins").integer(SCORE_BINS),
        root.at("output").at("prefix").text(PREFIX),
        root.at("shards").integer(SHARDS),
        root.at("max_record_bytes").integer(MAX_RECORD_BYTES),
        HealthReader.rules(root.at("health"), publishMin));
  }

  private KeySource keySource() {
    Cursor place = root.at("id_key");
    Cursor env = place.at("env");
    Cursor file = place.at("file");
    if (place.isMapping() && env.isPresent() == file.isPresent()) {
      place.refuse("either env or file", "keep one of them");
    }
    if (env.isPresent()) {
      return new KeySource.Variable(env.text("?"));
    }
    return file.isPresent()
        ? new KeySource.Stored(Path.of(file.text("?")))
        : new KeySource.Derived(name());
  }
}
