package dev.plumbline.state.join;

import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What is known of one subject: words that give values to its attributes, and deletions.
 *
 * <p>A prediction counts with the word on an attribute that weighs most, of those known to it that
 * no deletion known to it takes back. That is a function of the set of words. Those that cannot
 * decide about any prediction any more are left out ({@link #pruned}), so that the set stays small
 * and what was deleted goes.
 *
 * @param values the lightest first
 * @param deletions in no order
 */
record Words(List<Word> values, List<Word> deletions) {

  private static final Words NONE = new Words(List.of(), List.of());
  private static final int HAS_SEQUENCE = 1;
  private static final int HAS_SINCE = 2;
  private static final int DELETES = 4;

  Words {
    values = List.copyOf(values);
    deletions = List.copyOf(deletions);
  }

  /** The word on an attribute for predictions of a time at the end of a pane. */
  Optional<Word> on(int attribute, long time, long end, Past past) {
    Word last = null;
    for (Word word : values) {
      if (word.said().says(attribute)
          && word.isKnown(time, end)
          && (last == null || word.outweighs(last))
          && !isTakenBack(word, attribute, time, end, past)) {
        last = word;
      }
    }
    return Optional.ofNullable(last);
  }

  private boolean isTakenBack(Word word, int attribute, long time, long end, Past past) {
    for (Word deletion : deletions) {
      if (deletion.said().says(attribute)
          && deletion.isKnown(time, end)
          && deletion.takesBack(word, past)) {
        return true;
      }
    }
    return false;
  }

  /** The panes in which something became known. */
  LongStream panes() {
    return Stream.concat(values.stream(), deletions.stream()).mapToLong(Word::pane);
  }

  /** Whether a word may change what is known. */
  boolean isNews(Word word, Past past) {
    if (word.said().deletes()) {
      return deletions.stream().noneMatch(known -> replaces(known, word, past));
    }
    long last = lastDeletable(deletions, past);
    return values.stream().noneMatch(known -> covers(known, word, last, past));
  }

  /**
   * Whether a word that is news repeats what is known already, so that no prediction moves: it has
   * the values of the one that it outweighs, wherever it is known that one is too, and there is no
   * other one between them.
   */
  boolean isRepeated(Word word) {
    if (word.said().deletes() || !deletions.isEmpty()) {
      return false;
    }
    Word before = null;
    for (Word known : values) {
      if (word.outweighs(known)
          && known.isKnown(word.said().since(), word.pane())
          && (before == null || known.outweighs(before))) {
        before = known;
      }
    }
    if (before == null) {
      return false;
    }
    for (Word known : values) {
      boolean isBetween = word.outweighs(known) && !before.outweighs(known);
      if (isBetween && !known.said().values().equals(word.said().values())) {
        return false;
      }
    }
    return true;
  }

  /** With a word that is news, without those that it replaces. */
  Words with(Word word, Past past) {
    if (word.said().deletes()) {
      List<Word> kept = new ArrayList<>(deletions);
      kept.removeIf(known -> replaces(word, known, past));
      kept.add(word);
      return new Words(values, kept);
    }
    long last = lastDeletable(deletions, past);
    List<Word> kept = new ArrayList<>(values);
    kept.removeIf(known -> covers(word, known, last, past));
    int place = kept.size();
    while (place > 0 && kept.get(place - 1).outweighs(word)) {
      place--;
    }
    kept.add(place, word);
    return new Words(kept, deletions);
  }

  /**
   * Without what cannot decide about any prediction any more: values that everybody counts with a
   * deletion of, or with a weightier one than; those that say again what is said before and after
   * them; and deletions that everybody counts with and that have nothing left to take back, now or
   * later.
   *
   * <p>Takes time in proportion to the words, and for each deletion that is over once more.
   */
  Words pruned(Past past) {
    if (values.size() + deletions.size() < 2 && deletions.isEmpty()) {
      return this;
    }
    List<Word> over = deletions.stream().filter(word -> word.pane() <= past.floor()).toList();
    List<Word> left = new ArrayList<>();
    for (Word word : values) {
      if (over.stream().noneMatch(deletion -> isGone(word, deletion, past))) {
        left.add(word);
      }
    }
    List<Word> open = new ArrayList<>();
    for (Word deletion : deletions) {
      if (!past.isSettled(deletion)
          || left.stream().anyMatch(word -> deletion.takesBack(word, past))) {
        open.add(deletion);
      }
    }
    Weightiest weightiest = new Weightiest(past);
    left.forEach(weightiest::add);
    long last = lastDeletable(open, past);
    left.removeIf(word -> weightiest.cover(word, last));
    return new Words(open.isEmpty() ? withoutRepeated(left, past) : left, open);
  }

  /**
   * Without words between two others that say the same since the same time, one before and one
   * after. What the word would decide against, or a deletion that it would outlive, would have to
   * arrive before the last of the three, and the frontier has passed that.
   */
  private static List<Word> withoutRepeated(List<Word> words, Past past) {
    List<Word> kept = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean isInside = !kept.isEmpty() && i + 1 < words.size();
      if (!isInside
          || words.get(i + 1).pane() > past.frontier()
          || !words.get(i).repeats(kept.get(kept.size() - 1))
          || !words.get(i + 1).repeats(words.get(i))) {
        kept.add(words.get(i));
      }
    }
    return kept;
  }

  /** Whether everybody who might count with a word counts with its deletion. */
  private static boolean isGone(Word word, Word deletion, Past past) {
    return deletion.takesBack(word, past)
        && deletion.said().saysAsMuchAs(word.said())
        && deletion.said().since() <= Math.max(word.said().since(), past.floorTime());
  }

  /** Whether a deletion takes back all that another one does, from whomever. */
  private static boolean replaces(Word one, Word other, Past past) {
    return one.pane() == other.pane()
        && one.said().time() >= other.said().time()
        && one.said().since() <= Math.max(other.said().since(), past.floorTime())
        && one.said().saysAsMuchAs(other.said());
  }

  /** Whether a value makes another one superfluous, whenever and of whomever one asks. */
  private static boolean covers(Word one, Word other, long last, Past past) {
    return one.said().saysAsMuchAs(other.said()) && outlasts(one, other, last, past);
  }

  /**
   * Whether a value is known to all to whom another one is, weighs as much, and is taken back only
   * where the other is too.
   *
   * @param last see {@link #lastDeletable}
   */
  private static boolean outlasts(Word one, Word other, long last, Past past) {
    return one.said().compareWeight(other.said()) >= 0
        && one.said().time() >= other.said().time()
        && one.said().since() <= Math.max(other.said().since(), past.floorTime())
        && one.pane() <= Math.max(other.pane(), past.floor())
        && other.pane() <= Math.max(one.pane(), last);
  }

  /**
   * The last pane of arrival of values that any deletion may take back, those known and those that
   * may still come; later ones may outlive a deletion that others do not.
   */
  private static long lastDeletable(List<Word> deletions, Past past) {
    return deletions.stream().mapToLong(Word::pane).reduce(past.frontier(), Math::min)
        + past.window();
  }

  /** The weightiest of the values that are known everywhere, by attribute and since. */
  private static final class Weightiest {

    /** Of all that hold for everybody; else of those that hold since one time. */
    private record Place(int attribute, boolean isOld, long since) {}

    private final Past past;
    private final Map<Place, Word> words = new HashMap<>();

    Weightiest(Past past) {
      this.past = past;
    }

    void add(Word word) {
      if (word.pane() > past.floor()) {
        return;
      }
      for (int i = 0; i < word.said().values().size(); i++) {
        if (word.said().says(i)) {
          for (Place place : places(i, word)) {
            words.merge(place, word, (one, other) -> one.outweighs(other) ? one : other);
          }
        }
      }
    }

    /** Whether each attribute of a word has another one that makes it superfluous. */
    boolean cover(Word word, long last) {
      for (int i = 0; i < word.said().values().size(); i++) {
        if (word.said().says(i)
            && places(i, word).stream()
                .map(place -> words.getOrDefault(place, word))
                .noneMatch(other -> !other.equals(word) && outlasts(other, word, last, past))) {
          return false;
        }
      }
      return true;
    }

    private List<Place> places(int attribute, Word word) {
      Place own = new Place(attribute, false, word.said().since());
      return past.isOld(word) ? List.of(own, new Place(attribute, true, 0)) : List.of(own);
    }
  }

  boolean isEmpty() {
    return values.isEmpty() && deletions.isEmpty();
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter();
    Stream.concat(values.stream(), deletions.stream()).forEach(word -> write(word, out));
    return out.toBytes();
  }

  private static void write(Word word, ByteWriter out) {
    Attributes said = word.said();
    boolean hasSequence = said.sequence() != Attributes.NO_SEQUENCE;
    boolean hasSince = said.since() != Attributes.ALWAYS;
    int flags = hasSequence ? HAS_SEQUENCE : 0;
    flags |= hasSince ? HAS_SINCE : 0;
    flags |= said.deletes() ? DELETES : 0;
    out.octet(flags).signed(word.pane()).signed(said.time());
    if (hasSequence) {
      out.signed(said.sequence());
    }
    if (hasSince) {
      out.signed(said.since());
    }
    out.unsigned(said.values().size());
    said.values().forEach(out::text);
  }

  static Words decode(IdHash subject, byte[] bytes) {
    if (bytes.length == 0) {
      return NONE;
    }
    List<Word> values = new ArrayList<>(1);
    List<Word> deletions = new ArrayList<>(0);
    ByteReader in = new ByteReader(bytes);
    while (in.hasMore()) {
      int flags = in.octet();
      long pane = in.signed();
      long time = in.signed();
      long sequence = (flags & HAS_SEQUENCE) == 0 ? Attributes.NO_SEQUENCE : in.signed();
      long since = (flags & HAS_SINCE) == 0 ? Attributes.ALWAYS : in.signed();
      boolean deletes = (flags & DELETES) != 0;
      String[] texts = new String[in.count()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = in.text();
      }
      Attributes said = new Attributes(subject, time, sequence, since, deletes, List.of(texts));
      (deletes ? deletions : values).add(new Word(pane, said));
    }
    return new Words(values, deletions);
  }
}
