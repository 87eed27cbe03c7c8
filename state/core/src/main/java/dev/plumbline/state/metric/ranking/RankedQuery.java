package dev.plumbline.state.metric.ranking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The answer to one query, in order: the highest score first, of equal scores the greatest id by
 * its bytes, as trec_eval has it. Of a source only its own relevant items count as relevant; their
 * twins of another source do not.
 *
 * @param items best first, each id once
 */
public record RankedQuery(List<Item> items) {

  /**
   * An item of the answer.
   *
   * @param id of the item
   * @param source where it comes from
   * @param score by which it was ranked, not NaN; -0 is kept as 0, with which it ties
   * @param gain its relevance, at least 0; 0 is not relevant
   */
  public record Item(String id, String source, double score, int gain) {

    public Item {
      if (Double.isNaN(score) || gain < 0) {
        throw new IllegalArgumentException(
            "expected a score and a gain of at least 0, were " + score + " and " + gain);
      }
      score = score == 0 ? 0 : score;
    }
  }

  private static final Comparator<Item> ORDER =
      Comparator.comparingDouble(Item::score)
          .reversed()
          .thenComparing(
              (a, b) -> Arrays.compareUnsigned(b.id.getBytes(UTF_8), a.id.getBytes(UTF_8)))
          // text that is no Unicode: different ids may have equal bytes
          .thenComparing(Item::id);

  public RankedQuery {
    if (items.stream().map(Item::id).distinct().count() < items.size()) {
      throw new IllegalArgumentException("expected each id once, were " + items.size() + " items");
    }
    items = items.stream().sorted(ORDER).toList();
  }

  private static void requireDepth(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, was " + k);
    }
  }

  private boolean isRelevant(int rank, String source) {
    return items.get(rank).gain > 0 && items.get(rank).source.equals(source);
  }

  private long relevant(String source) {
    return IntStream.range(0, items.size()).filter(rank -> isRelevant(rank, source)).count();
  }

  /**
   * Normalized discounted cumulative gain of a source in the first k items, with linear gains, in
   * [0, 1]; undefined if it has no relevant item.
   *
   * <p>Source: Jarvelin and Kekalainen (2002), "Cumulated gain-based evaluation of IR techniques".
   *
   * @param k at least 1
   */
  public OptionalDouble ndcg(String source, int k) {
    requireDepth(k);
    if (relevant(source) == 0) {
      return OptionalDouble.empty();
    }
    double actual = 0;
    for (int rank = 0; rank < Math.min(k, items.size()); rank++) {
      actual += isRelevant(rank, source) ? items.get(rank).gain / discount(rank) : 0;
    }
    int[] gains =
        items.stream()
            .filter(item -> item.source.equals(source))
            .mapToInt(Item::gain)
            .map(gain -> -gain)
            .sorted()
            .toArray();
    double ideal = 0;
    for (int rank = 0; rank < Math.min(k, gains.length); rank++) {
      ideal += -gains[rank] / discount(rank);
    }
    return OptionalDouble.of(actual / ideal);
  }

  private static double discount(int rank) {
    return StrictMath.log(rank + 2.0) / StrictMath.log(2);
  }

  /**
   * Average precision of a source in the first k items, over all its relevant items, in [0, 1];
   * undefined if it has none.
   *
   * @param k at least 1
   */
  public OptionalDouble averagePrecision(String source, int k) {
    requireDepth(k);
    long relevant = relevant(source);
    double sum = 0;
    int hits = 0;
    for (int rank = 0; rank < Math.min(k, items.size()); rank++) {
      if (isRelevant(rank, source)) {
        hits++;
        sum += hits / (rank + 1.0);
      }
    }
    return relevant == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / relevant);
  }

  /**
   * How many of the first k items are of a source.
   *
   * @param k at least 1
   */
  public long exposed(String source, int k) {
    requireDepth(k);
    return items.stream().limit(k).filter(item -> item.source.equals(source)).count();
  }

  /** Number of items by source among all candidates. */
  public Map<String, Long> pool() {
    Map<String, Long> pool = new TreeMap<>();
    items.forEach(item -> pool.merge(item.source, 1L, Long::sum));
    return pool;
  }
}
