package dev.plumbline.state.cube;

import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.record.Sampling;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exact counters of a population over some panes; what metrics are computed from. Mutable, confined
 * to its owner; adding is commutative, so any order and grouping gives the same.
 */
public final class Tally {

  private final Shape shape;
  private final long[] predicted;
  private final long[] first;
  private final long[] corrections;
  private final Bins bins;
  private final SortedMap<Sampling, Tally> parts = new TreeMap<>();

  public Tally(Shape shape) {
    this.shape = shape;
    this.predicted = new long[shape.classes()];
    this.first = new long[shape.labelled()];
    this.corrections = new long[shape.labelled()];
    this.bins = new Bins(shape.bins() * shape.classes());
  }

  /** Adds predictions of a class. */
  public void addPredicted(int decision, long amount) {
    predicted[decision] += amount;
  }

  /** Adds labelled predictions; corrections are signed. */
  public void addLabelled(Labelled counter, long amount) {
    int index = shape.index(counter.step(), counter.decision(), counter.label());
    (counter.correction() ? corrections : first)[index] += amount;
    bins.add(counter.bin() * shape.classes() + counter.label(), amount);
  }

  /** Adds all counters of another tally of the same shape. */
  public void addAll(Tally other) {
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] += other.predicted[i];
    }
    for (int i = 0; i < first.length; i++) {
      first[i] += other.first[i];
      corrections[i] += other.corrections[i];
    }
    bins.addAll(other.bins);
  }

  /** The part of a sampling, which the owner adds to as well as to this. */
  Tally part(Sampling sampling) {
    return parts.computeIfAbsent(sampling, s -> new Tally(shape));
  }

  /** The same population by how labels are sampled; empty where they are not. */
  public SortedMap<Sampling, Tally> parts() {
    return Collections.unmodifiableSortedMap(parts);
  }

  /** Writes all counters. */
  public void write(ByteWriter out) {
    for (long[] counters : List.of(predicted, first, corrections)) {
      for (long counter : counters) {
        out.signed(counter);
      }
    }
    ByteWriter filled = new ByteWriter();
    bins.forEach((key, count) -> filled.unsigned(key).signed(count));
    out.bytes(filled.toBytes());
  }

  /** Reads what {@link #write} wrote. */
  public static Tally read(Shape shape, ByteReader in) {
    Tally tally = new Tally(shape);
    for (long[] counters : List.of(tally.predicted, tally.first, tally.corrections)) {
      for (int i = 0; i < counters.length; i++) {
        counters[i] = in.signed();
      }
    }
    ByteReader filled = new ByteReader(in.bytes());
    while (filled.hasMore()) {
      tally.bins.add(filled.count(), filled.signed());
    }
    return tally;
  }

  /** Layout of the counters. */
  public Shape shape() {
    return shape;
  }

  /** Predictions of a class, labelled or not. */
  public long predicted(int decision) {
    return predicted[decision];
  }

  /** All predictions. */
  public long predictions() {
    return sum(predicted);
  }

  /** Labelled predictions with this decision and, by the last known label, this class. */
  public long labelled(int decision, int label) {
    long sum = 0;
    for (int step = 0; step < shape.steps(); step++) {
      int index = shape.index(step, decision, label);
      sum += first[index] + corrections[index];
    }
    return sum;
  }

  /** All labelled predictions. */
  public long labelledPredictions() {
    return sum(first) + sum(corrections);
  }

  /**
   * Labelled predictions whose last label differs from the first, counted by the label they lost.
   */
  public long corrected() {
    return -Arrays.stream(corrections).filter(amount -> amount < 0).sum();
  }

  private static long sum(long[] counters) {
    long sum = 0;
    for (long counter : counters) {
      sum += counter;
    }
    return sum;
  }

  /** Labels by score bin: key = bin * classes + label. */
  public Bins bins() {
    return bins;
  }

  /** Whether every counter is zero. */
  public boolean isEmpty() {
    return predictions() == 0
        && Arrays.stream(first).allMatch(n -> n == 0)
        && Arrays.stream(corrections).allMatch(n -> n == 0);
  }
}
