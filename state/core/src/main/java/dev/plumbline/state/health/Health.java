package dev.plumbline.state.health;

import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the feeds of a monitor are well: what their readers report, and what panes hold when they
 * close. It takes the time from outside, changes nothing that is published otherwise, and tells the
 * conditions that opened or closed.
 */
public final class Health {

  /** What is watched. */
  public record Subject(
      List<Feed> feeds, List<String> attributes, List<Set<String>> named, AgeSteps ages) {

    public Subject {
      feeds = List.copyOf(feeds);
      attributes = List.copyOf(attributes);
      named = List.copyOf(named);
    }
  }

  private final HealthRules rules;
  private final Subject subject;
  private final Conditions conditions;
  private final Map<String, FeedWatch> feeds = new LinkedHashMap<>();
  private final Map<String, ShareWatch> orphans = new LinkedHashMap<>();
  private final Map<String, ShareWatch> duplicates = new LinkedHashMap<>();
  private final Map<String, List<ValueWatch>> values = new TreeMap<>();
  private final Map<String, CoverageWatch> coverage = new TreeMap<>();
  private final ScoreWatch scores;
  private long began;
  private long read;

  public Health(HealthRules rules, Subject subject) {
    this.rules = rules;
    this.subject = subject;
    this.conditions = new Conditions(rules.off());
    this.scores = new ScoreWatch(rules);
    for (int i = 0; i < subject.feeds.size(); i++) {
      Feed feed = subject.feeds.get(i);
      Where where = Where.ofTopic(feed.topic());
      feeds
          .computeIfAbsent(feed.topic(), topic -> new FeedWatch(topic, feed.brings(), rules))
          .add(i, feed.partition());
      orphans.computeIfAbsent(
          feed.topic(), topic -> new ShareWatch(Condition.ORPHANS, where, rules, false));
      duplicates.computeIfAbsent(
          feed.topic(), topic -> new ShareWatch(Condition.DUPLICATES, where, rules, false));
    }
  }

  /** The reader of a partition says how it is. */
  public void report(FeedReport report) {
    if (!rules.isOn() || report.partition() >= subject.feeds.size()) {
      return;
    }
    FeedWatch feed = feeds.get(subject.feeds.get(report.partition()).topic());
    if (feed != null) {
      FeedReport.Counts counts = feed.report(report, conditions);
      read += counts.read();
      counts.runs().forEach(run -> scores.add(report.partition(), run, conditions));
    }
  }

  /** Judges all feeds at this time, and tells what changed since it was last asked. */
  public List<Change> judge(long now) {
    if (!rules.isOn()) {
      return List.of();
    }
    began = began == 0 ? now : began;
    feeds.values().forEach(feed -> feed.judge(now, began, conditions));
    values.values().forEach(of -> of.forEach(value -> value.accept(now, conditions)));
    orphans.values().forEach(watch -> watch.accept(now, conditions));
    duplicates.values().forEach(watch -> watch.accept(now, conditions));
    return conditions.take(now);
  }

  /** An arrival pane is closed for label-free counters. */
  public void closeLabelFree(Deltas cells) {
    if (!rules.isOn()) {
      return;
    }
    cells.forEachPredicted(
        (pane, predicted, amount) -> {
          List<ValueWatch> of = values(predicted.cell().model());
          for (int i = 0; i < of.size(); i++) {
            of.get(i).add(predicted.cell().values().get(i), amount);
          }
        });
    values.values().forEach(of -> of.forEach(value -> value.close(conditions)));
  }

  private List<ValueWatch> values(String model) {
    return values.computeIfAbsent(
        model,
        name -> {
          List<ValueWatch> watches = new ArrayList<>();
          for (int i = 0; i < subject.attributes.size(); i++) {
            Where where = Where.ofAttribute(name, subject.attributes.get(i));
            watches.add(new ValueWatch(where, subject.named.get(i), rules));
          }
          return watches;
        });
  }

  /** An arrival pane is closed for everything. */
  public void close(long pane, Deltas cells, Deltas books) {
    if (!rules.isOn()) {
      return;
    }
    cells.forEach((arrival, counter, amount) -> count(counter, amount));
    coverage.values().forEach(watch -> watch.close(pane, conditions));
    closeBooks(books);
  }

  private void count(Counter counter, long amount) {
    if (counter instanceof Predicted predicted) {
      coverage(predicted.cell().model()).predicted(predicted.pane(), amount);
    } else if (counter instanceof Labelled labelled && !labelled.correction()) {
      coverage(labelled.cell().model()).labelled(labelled.pane(), labelled.step(), amount);
    }
  }

  private CoverageWatch coverage(String model) {
    return coverage.computeIfAbsent(
        model, name -> new CoverageWatch(Where.ofModel(name), subject.ages, rules));
  }

  private void closeBooks(Deltas books) {
    Map<String, Map<RecordState, Long>> sums = new HashMap<>();
    books.forEach(
        (arrival, counter, amount) -> {
          if (counter instanceof Booked booked) {
            sums.computeIfAbsent(
                    subject.feeds.get(booked.partition()).topic(), topic -> new HashMap<>())
                .merge(booked.state(), amount, Long::sum);
          }
        });
    sums.forEach(
        (topic, of) -> {
          long lost = positive(of, RecordState.ORPHAN);
          long settled = lost + positive(of, RecordState.MATCHED);
          add(orphans.get(topic), lost, settled);
          long copies = positive(of, RecordState.DUPLICATE);
          add(duplicates.get(topic), copies, Math.max(copies, positive(of, RecordState.READ)));
        });
  }

  private void add(@Nullable ShareWatch watch, long hits, long total) {
    if (watch != null && total > 0) {
      watch.add(hits, total, conditions);
    }
  }

  private static long positive(Map<RecordState, Long> sums, RecordState state) {
    return Math.max(0, sums.getOrDefault(state, 0L));
  }

  /** How many conditions are open. */
  public int open() {
    return conditions.size();
  }

  /** Events read, as the readers report them. */
  public long read() {
    return read;
  }

  /** Writes what the wall clock and the readers have told. */
  public void writeReports(ByteWriter out) {
    out.unsigned(read);
    conditions.write(out);
    scores.write(out);
    feeds.values().forEach(feed -> feed.write(out));
  }

  /** Reads what {@link #writeReports} wrote, for the same feeds. */
  public void readReports(ByteReader in) {
    read = in.unsigned();
    conditions.read(in);
    scores.read(in);
    feeds.values().forEach(feed -> feed.read(in));
  }

  /** Writes what closed panes have told. */
  public void writePanes(ByteWriter out) {
    orphans.values().forEach(watch -> watch.write(out));
    duplicates.values().forEach(watch -> watch.write(out));
    out.unsigned(values.size());
    values.forEach(
        (model, of) -> {
          out.text(model);
          of.forEach(value -> value.write(out));
        });
    out.unsigned(coverage.size());
    coverage.forEach((model, watch) -> watch.write(out.text(model)));
  }

  /** Reads what {@link #writePanes} wrote, for the same feeds, attributes and ages. */
  public void readPanes(ByteReader in) {
    orphans.values().forEach(watch -> watch.read(in));
    duplicates.values().forEach(watch -> watch.read(in));
    for (int i = in.count(); i > 0; i--) {
      values(in.text()).forEach(value -> value.read(in));
    }
    for (int i = in.count(); i > 0; i--) {
      coverage(in.text()).read(in);
    }
  }
}
