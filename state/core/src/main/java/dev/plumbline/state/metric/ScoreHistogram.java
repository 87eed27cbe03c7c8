package dev.plumbline.state.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Labelled predictions by score bin and label, kept sparsely: only bins that hold a record.
 *
 * <p>A commutative monoid under {@link #merge}, with {@link #empty} of the same number of bins.
 * Cost of everything is that of the filled bins, not of all.
 *
 * @param bins number of bins; 0 if no score is mapped
 * @param filled bins with a record, ascending by index, each once
 */
public record ScoreHistogram(int bins, List<Bin> filled) {

  /** Stands for "no score mapped". */
  public static final ScoreHistogram UNMAPPED = new ScoreHistogram(0, List.of());

  /** Most records of one label: the greatest count below which each is exact as a double. */
  public static final long MAX_RECORDS = 1L << 53;

  /**
   * Records of one bin.
   *
   * @param index 0 for the lowest scores
   * @param positives records with label 1
   * @param negatives records with label 0
   */
  public record Bin(int index, long positives, long negatives) {

    public Bin {
      if (index < 0 || positives < 0 || negatives < 0) {
        throw new IllegalArgumentException(
            "index and counts of a bin must not be negative, were index "
                + index
                + ", positives "
                + positives
                + ", negatives "
                + negatives);
      }
    }

    boolean isEmpty() {
      return positives == 0 && negatives == 0;
    }

    Bin merge(Bin other) {
      return new Bin(
          index,
          Math.addExact(positives, other.positives),
          Math.addExact(negatives, other.negatives));
    }
  }

  public ScoreHistogram {
    int last = -1;
    long positives = 0;
    long negatives = 0;
    boolean gaps = false;
    for (Bin bin : filled) {
      if (bin.index() <= last || bin.index() >= bins) {
        throw new IllegalArgumentException(
            "bins must ascend from 0 to " + (bins - 1) + ", was " + bin.index() + " after " + last);
      }
      last = bin.index();
      positives = withinLimit("positives", positives, bin.positives());
      negatives = withinLimit("negatives", negatives, bin.negatives());
      gaps |= bin.isEmpty();
    }
    filled = gaps ? filled.stream().filter(bin -> !bin.isEmpty()).toList() : List.copyOf(filled);
  }

  private static long withinLimit(String name, long sum, long count) {
    if (count > MAX_RECORDS - sum) {
      throw new IllegalArgumentException(
          name + " must be at most " + MAX_RECORDS + " (MAX_RECORDS), were " + sum + " + " + count);
    }
    return sum + count;
  }

  /** A histogram of this many bins without a record. */
  public static ScoreHistogram empty(int bins) {
    return new ScoreHistogram(bins, List.of());
  }

  /** A histogram of all bins by ascending score; both arrays have a place for each bin. */
  public static ScoreHistogram dense(long[] positives, long[] negatives) {
    if (positives.length != negatives.length) {
      throw new IllegalArgumentException(
          "positives and negatives must have the same bins, were "
              + positives.length
              + " and "
              + negatives.length);
    }
    List<Bin> filled = new ArrayList<>();
    for (int i = 0; i < positives.length; i++) {
      if (positives[i] != 0 || negatives[i] != 0) {
        filled.add(new Bin(i, positives[i], negatives[i]));
      }
    }
    return new ScoreHistogram(positives.length, filled);
  }

  /** The records of both, which must have the same bins. */
  public ScoreHistogram merge(ScoreHistogram other) {
    if (bins != other.bins) {
      throw new IllegalArgumentException(
          "only histograms of the same bins merge, had " + bins + " and " + other.bins);
    }
    List<Bin> merged = new ArrayList<>(filled.size() + other.filled.size());
    int mine = 0;
    int theirs = 0;
    while (mine < filled.size() && theirs < other.filled.size()) {
      Bin a = filled.get(mine);
      Bin b = other.filled.get(theirs);
      int order = Integer.compare(a.index(), b.index());
      merged.add(order == 0 ? a.merge(b) : order < 0 ? a : b);
      mine += order <= 0 ? 1 : 0;
      theirs += order >= 0 ? 1 : 0;
    }
    merged.addAll(filled.subList(mine, filled.size()));
    merged.addAll(other.filled.subList(theirs, other.filled.size()));
    return new ScoreHistogram(bins, merged);
  }

  /**
   * The scores of one label.
   *
   * @param scores the histogram
   * @param label 0 or 1
   */
  public record Side(ScoreHistogram scores, int label) {

    private long count(Bin bin) {
      return label == 1 ? bin.positives() : bin.negatives();
    }

    /** These scores as positives, those of another side as negatives: two samples compared. */
    public ScoreHistogram against(Side other) {
      List<Bin> positives =
          scores.filled.stream().map(bin -> new Bin(bin.index(), count(bin), 0)).toList();
      List<Bin> negatives =
          other.scores.filled.stream()
              .map(bin -> new Bin(bin.index(), 0, other.count(bin)))
              .toList();
      return new ScoreHistogram(scores.bins, positives)
          .merge(new ScoreHistogram(other.scores.bins, negatives));
    }
  }

  /** The scores of label 1. */
  public Side positiveSide() {
    return new Side(this, 1);
  }

  /** The scores of label 0. */
  public Side negativeSide() {
    return new Side(this, 0);
  }

  /** Whether a score is mapped at all. */
  public boolean mapped() {
    return bins > 0;
  }

  /** Records with label 1. */
  public long positives() {
    return filled.stream().mapToLong(Bin::positives).sum();
  }

  /** Records with label 0. */
  public long negatives() {
    return filled.stream().mapToLong(Bin::negatives).sum();
  }
}
