package dev.plumbline.cli.output;

import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Books, added up by topic, as sums that a reader can check. */
public final class BookTable {

  private static final String ACCEPTED = "accepted";
  private static final String READ = "read";

  /** Every accepted prediction is in one of these too, or was when the last pane closed. */
  private static final Set<String> OF_ACCEPTED =
      Set.of("labelled", "awaiting", "expired", "concluded");

  /** Says how some labels were ordered; they are in a state besides. */
  private static final String TIED = "tied";

  private static final List<String> FIRST = List.of(ACCEPTED, "matched", "labelled");

  private static final Comparator<State> ORDER =
      Comparator.comparingInt((State state) -> FIRST.contains(state.name) ? 0 : 1)
          .thenComparing(State::name)
          .thenComparing(State::reason);

  private final Map<String, Map<State, Long>> topics = new TreeMap<>();
  private boolean isUnbalanced;

  /** The last word is wanted of several books: they are added up. */
  public BookTable() {}

  /**
   * What became of a record.
   *
   * @param reason empty if none belongs to the state
   */
  record State(String name, String reason) {

    @Override
    public String toString() {
      return reason.isEmpty() ? name : name + " (" + reason + ")";
    }
  }

  /** Adds the books of a pane. */
  public void add(Books books) {
    for (BookEntry entry : books.getEntries()) {
      String reason = entry.getReason();
      topics
          .computeIfAbsent(entry.getTopic(), topic -> new TreeMap<>(ORDER))
          .merge(
              new State(entry.getState(), reason == null ? "" : reason),
              entry.getCount(),
              Long::sum);
    }
    isUnbalanced |= !books.getBalanced();
  }

  /** Whether every record read is in exactly one state, in all books. */
  public boolean isBalanced() {
    return !isUnbalanced;
  }

  /** Records of a topic that were read. */
  public long read(String topic) {
    return count(topic, READ);
  }

  /** Predictions of a topic that count. */
  public long accepted(String topic) {
    return count(topic, ACCEPTED);
  }

  /** Records of a topic in a state, for whatever reason. */
  long count(String topic, String state) {
    return states(topic).entrySet().stream()
        .filter(entry -> entry.getKey().name.equals(state))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Counts of a topic by state. */
  Map<State, Long> states(String topic) {
    return topics.getOrDefault(topic, Map.of());
  }

  /**
   * A sum for each topic, and one for its accepted predictions; counts of 0 are left out.
   *
   * @param names how to call topics; others are called by their own name
   * @param withShares whether each count is followed by its share of the whole
   */
  public List<String> lines(Map<String, String> names, boolean withShares) {
    List<String> lines = new ArrayList<>();
    topics.forEach(
        (topic, counts) -> {
          Map<State, Long> states = new TreeMap<>(ORDER);
          Map<State, Long> parts = new TreeMap<>(ORDER);
          counts.forEach(
              (state, count) -> {
                if (OF_ACCEPTED.contains(state.name)) {
                  parts.put(state, count);
                } else if (count != 0 && !state.name.equals(READ) && !state.name.equals(TIED)) {
                  states.put(state, count);
                }
              });
          lines.add(
              names.getOrDefault(topic, topic)
                  + ": "
                  + sum(count(topic, READ), READ, states, withShares));
          if (parts.values().stream().anyMatch(count -> count != 0)) {
            parts.values().removeIf(count -> count == 0);
            lines.add("  of these " + sum(count(topic, ACCEPTED), ACCEPTED, parts, withShares));
          }
          if (count(topic, TIED) != 0) {
            lines.add(
                "  of these %,d tied: ordered by position or content, as no sequence is mapped"
                    .formatted(count(topic, TIED)));
          }
        });
    if (isUnbalanced) {
      lines.add("the books do not balance: see audit, events Books with balanced = false");
    }
    return lines;
  }

  /**
   * {@code 10 read = 8 accepted + 2 late}; other than "=" where that would be wrong. In one pane
   * records may leave a state: {@code 1 accepted = 3 labelled - 2 awaiting}, of which no part is a
   * share.
   */
  private static String sum(long whole, String name, Map<State, Long> parts, boolean withShares) {
    long total = parts.values().stream().mapToLong(Long::longValue).sum();
    boolean isDivided = whole != 0 && parts.values().stream().allMatch(count -> count >= 0);
    StringBuilder text = new StringBuilder();
    parts.forEach(
        (state, count) -> {
          boolean isFirst = text.length() == 0;
          text.append(count < 0 ? (isFirst ? "-" : " - ") : (isFirst ? "" : " + "))
              .append("%,d %s".formatted(Math.abs(count), state))
              .append(withShares && isDivided ? share(count, whole) : "");
        });
    return "%,d %s %s %s"
        .formatted(
            whole,
            name,
            total == whole ? "=" : "(do not add up):",
            text.length() == 0 ? "0" : text.toString());
  }

  private static String share(long part, long whole) {
    return String.format(Locale.ROOT, " [%.1f %%]", 100.0 * part / whole);
  }
}
