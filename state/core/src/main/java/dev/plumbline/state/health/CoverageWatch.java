package dev.plumbline.state.health;

import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many predictions of a model have a label once they have reached an age, against those before
 * them at the same age. Predictions of some neighbouring panes are one bunch, so that a bunch more
 * is remembered every 256th of the horizon.
 */
final class CoverageWatch {

  private static final long ONE = HealthRules.ONE;
  private static final int BUNCHES = 256;
  private static final int MEMORY = 100;

  /** Fewer labels than this may be missing by chance. */
  private static final long FEWEST_LABELS = 20;

  private final Where where;
  private final AgeSteps ages;
  private final HealthRules rules;
  private final long panes;
  private final long[] next;
  private final Share[] shares;
  private int openStep;

  /** Predictions of a bunch, and behind them its first labels by age step. */
  private final NavigableMap<Long, long[]> bunches = new TreeMap<>();

  /** Labelled and all predictions since the last judgement, and of those that were well. */
  private static final class Share {
    private long labelled;
    private long all;
    private long usualLabelled;
    private long usualAll;
  }

  CoverageWatch(Where where, AgeSteps ages, HealthRules rules) {
    this.where = where;
    this.ages = ages;
    this.rules = rules;
    this.panes = Math.max(1, ages.horizon() / BUNCHES);
    this.next = new long[ages.count()];
    this.shares = new Share[ages.count()];
    for (int i = 0; i < shares.length; i++) {
      next[i] = Long.MIN_VALUE;
      shares[i] = new Share();
    }
  }

  void predicted(long pane, long amount) {
    bunch(pane)[0] += amount;
  }

  /** First labels. */
  void labelled(long pane, int step, long amount) {
    if (step < ages.count()) {
      bunch(pane)[1 + step] += amount;
    }
  }

  private long[] bunch(long pane) {
    return bunches.computeIfAbsent(Math.floorDiv(pane, panes), bunch -> new long[1 + ages.count()]);
  }

  /** An arrival pane is closed, and all before it. */
  void close(long pane, Conditions conditions) {
    for (int i = 0; i < shares.length; i++) {
      // Of the last pane of the bunch, labels of a step below the next edge can come no more.
      long last = Math.floorDiv(pane - ages.edge(i + 1) + 1, panes) - 1;
      if (last >= next[i]) {
        for (Map.Entry<Long, long[]> bunch : bunches.subMap(next[i], true, last, true).entrySet()) {
          judge(i, bunch.getValue(), conditions);
        }
        next[i] = last + 1;
      }
    }
    bunches.headMap(next[shares.length - 1], false).clear();
  }

  private void judge(int step, long[] bunch, Conditions conditions) {
    Share share = shares[step];
    share.all += Math.max(0, bunch[0]);
    for (int i = 0; i <= step; i++) {
      share.labelled += Math.max(0, bunch[1 + i]);
    }
    if (share.all < Math.max(rules.fewest(), rules.publishMin())) {
      return;
    }
    double expected =
        share.usualAll == 0 ? 0 : (double) share.all * share.usualLabelled / share.usualAll;
    if (share.usualAll > 0 && expected < FEWEST_LABELS && share.all < MEMORY * rules.fewest()) {
      return;
    }
    boolean isOpen = conditions.isOpen(Condition.LABEL_COVERAGE, where);
    double limit = expected * rules.coverage() / ONE;
    boolean isLow =
        expected >= FEWEST_LABELS && share.labelled < (isOpen ? (limit + expected) / 2 : limit);
    if (isLow && !isOpen && !conditions.isAnyOpen(Condition.LABELS_STOPPED)) {
      openStep = step;
      conditions.open(Condition.LABEL_COVERAGE, where, seen(step));
    } else if (!isLow && isOpen && step == openStep) {
      conditions.close(Condition.LABEL_COVERAGE, where, seen(step));
    }
    if (!isLow) {
      learn(share);
    }
    share.labelled = 0;
    share.all = 0;
  }

  private void learn(Share share) {
    share.usualLabelled += share.labelled;
    share.usualAll += share.all;
    if (share.usualAll > MEMORY * rules.fewest()) {
      share.usualLabelled /= 2;
      share.usualAll /= 2;
    }
  }

  private Seen seen(int step) {
    Share share = shares[step];
    return new Seen(
        told(share.labelled, share.all),
        told(share.usualLabelled, share.usualAll),
        ages.edge(step + 1));
  }

  private long told(long part, long whole) {
    long fewest = rules.publishMin();
    boolean isTold = (part == 0 || part >= fewest) && (part >= whole || whole - part >= fewest);
    return whole == 0 || !isTold ? Seen.NONE : Math.min(ONE, ONE * part / whole);
  }

  void write(ByteWriter out) {
    out.unsigned(openStep);
    for (int i = 0; i < shares.length; i++) {
      Share share = shares[i];
      out.fixed(next[i]).unsigned(share.labelled).unsigned(share.all);
      out.unsigned(share.usualLabelled).unsigned(share.usualAll);
    }
    out.unsigned(bunches.size());
    bunches.forEach(
        (number, counts) -> {
          out.fixed(number);
          for (long count : counts) {
            out.signed(count);
          }
        });
  }

  void read(ByteReader in) {
    openStep = in.count();
    for (int i = 0; i < shares.length; i++) {
      Share share = shares[i];
      next[i] = in.fixed();
      share.labelled = in.unsigned();
      share.all = in.unsigned();
      share.usualLabelled = in.unsigned();
      share.usualAll = in.unsigned();
    }
    for (int i = in.count(); i > 0; i--) {
      long[] counts = new long[1 + ages.count()];
      bunches.put(in.fixed(), counts);
      for (int c = 0; c < counts.length; c++) {
        counts[c] = in.signed();
      }
    }
  }
}
