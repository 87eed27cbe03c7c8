package dev.plumbline.state.join;

import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of subjects whose attributes come by an input of their own, and which pending
 * predictions are about them.
 *
 * <p>Every shard knows all subjects, as ids and subjects are not in the same shard. What a subject
 * has is a set of words with their arrivals: the cell of a prediction is a function of those that
 * have arrived, so it does not matter when they are read.
 *
 * <p>A word takes 25 to 50 bytes and its values, and a subject 40 more. Words that others have made
 * superfluous go when no prediction can ask for them any more, two {@link Timing#retention}s after
 * what replaced them arrived; what a deletion says, without values, stays.
 */
public final class Subjects {

  private static final byte KEY = 's';
  private static final long NEVER = -(1L << 32); // a pane before all, and far from the edge

  /* Of a list of ids: their number, and then each. */
  private static final int START = Integer.BYTES;
  private static final int ID_BYTES = 2 * Long.BYTES;
  private static final int FEWEST = 1;

  private final PendingLog log;
  private final Timing timing;
  private final Pending words = new Pending();
  private final Pending dependents = new Pending();
  private final Set<IdHash> changed = new HashSet<>();

  /**
   * Subjects of several words, by the lowest floor at which one of them may have become needless.
   */
  private final NavigableMap<Long, Set<IdHash>> superseded = new TreeMap<>();

  private long floor = NEVER;
  private long swept = NEVER;

  Subjects(PendingLog log, Timing timing) {
    this.log = log;
    this.timing = timing;
  }

  /** What a record said, and the arrival pane from which that is known. */
  private record Word(long pane, Attributes said) {

    /** Whether this makes another word superfluous, whenever and of whomever one asks. */
    boolean covers(Word other, long floor, long floorTime) {
      boolean saysAsMuch = said.compareWeight(other.said) >= 0;
      for (int i = 0; saysAsMuch && i < said.values().size(); i++) {
        saysAsMuch = isSaid(i) || !other.isSaid(i);
      }
      return saysAsMuch
          && pane <= Math.max(other.pane, floor)
          && said.since() <= Math.max(other.said.since(), floorTime);
    }

    /** The lowest floor at which it makes lesser words needless that arrived before it. */
    long coversFrom(long paneMillis) {
      long since = said.since();
      boolean isSooner = since <= pane * paneMillis;
      return isSooner ? pane : -Math.floorDiv(-since, paneMillis);
    }

    boolean isSaid(int attribute) {
      return !said.values().get(attribute).equals(Attributes.UNSAID);
    }
  }

  /** The cell of a prediction by what is known of its subjects at the end of a pane. */
  Cell cell(Prediction prediction, long pane) {
    if (prediction.subjects().isEmpty()) {
      return prediction.cell();
    }
    List<Word> known = new ArrayList<>();
    for (IdHash subject : prediction.subjects()) {
      for (Word word : words(subject)) {
        if (word.pane <= pane && word.said.since() <= prediction.time()) {
          known.add(word);
        }
      }
    }
    Cell own = prediction.cell();
    List<String> values = new ArrayList<>(own.values());
    for (int i = 0; i < values.size(); i++) {
      int attribute = i;
      Optional<Word> last =
          known.stream()
              .filter(word -> word.isSaid(attribute))
              .max((a, b) -> a.said.compareWeight(b.said));
      if (last.isPresent()) {
        values.set(i, last.get().said.values().get(i));
      }
    }
    return new Cell(own.model(), own.version(), values, own.sampling());
  }

  /** The panes after a prediction's arrival in which more becomes known of its subjects. */
  LongStream later(Arrived record) {
    return record.event() instanceof Prediction prediction
        ? prediction.subjects().stream()
            .flatMap(subject -> words(subject).stream())
            .mapToLong(Word::pane)
            .filter(pane -> pane > timing.paneOf(record.arrival()))
        : LongStream.empty();
  }

  /** Whether something is known of the subjects of a prediction that arrives after a pane. */
  boolean knowsAfter(Arrived record, long pane) {
    return record.event() instanceof Prediction prediction
        && !prediction.subjects().isEmpty()
        && later(record).anyMatch(later -> later > pane);
  }

  /** Whether what arrived in a pane says more than what is known. */
  boolean isNews(Attributes said, long pane) {
    Word word = new Word(pane, said);
    return words(said.id()).stream().noneMatch(known -> covers(known, word));
  }

  /** Takes what arrived in a pane. */
  void add(Attributes said, long pane) {
    Word word = new Word(pane, said);
    List<Word> known = words(said.id());
    known.removeIf(other -> covers(word, other));
    known.add(word);
    put(said.id(), known);
  }

  private void put(IdHash subject, List<Word> known) {
    words.put(subject, encode(known));
    changed.add(subject);
    await(subject, known);
  }

  private void await(IdHash subject, List<Word> known) {
    if (known.size() > 1) {
      known.stream()
          .mapToLong(word -> word.coversFrom(timing.pane()))
          .filter(pane -> pane > floor)
          .min()
          .ifPresent(pane -> superseded.computeIfAbsent(pane, p -> new HashSet<>()).add(subject));
    }
  }

  /** The frontier has reached a pane: who could have asked for the words long before it is over. */
  void forgetBefore(long frontier) {
    long panes = -Math.floorDiv(-timing.retention(), timing.pane());
    floor = frontier - 2 * panes - 1;
    while (!superseded.isEmpty() && superseded.firstKey() <= floor) {
      superseded.pollFirstEntry().getValue().forEach(this::prune);
    }
    if (frontier >= swept + panes) {
      swept = frontier;
      sweep();
    }
  }

  private void prune(IdHash subject) {
    List<Word> known = words(subject);
    List<Word> needed = new ArrayList<>();
    known.stream()
        .sorted((one, other) -> other.said.compareWeight(one.said))
        .filter(word -> needed.stream().noneMatch(one -> covers(one, word)))
        .forEach(needed::add);
    if (needed.size() < known.size()) {
      put(subject, needed);
    } else {
      await(subject, known);
    }
  }

  /** Forgets the subjects whom no pending prediction is about. */
  private void sweep() {
    List<IdHash> all = new ArrayList<>(dependents.size());
    dependents.forEach((subject, ids) -> all.add(subject));
    for (IdHash subject : all) {
      if (ids(subject).isEmpty()) {
        dependents.remove(subject);
      }
    }
  }

  /** How many subjects pending predictions are about, and some whose predictions are over. */
  int depended() {
    return dependents.size();
  }

  private boolean covers(Word one, Word other) {
    return one.covers(other, floor, floor * timing.pane());
  }

  /** Notes that a pending prediction is about its subjects. */
  void depend(Arrived record) {
    if (record.event() instanceof Prediction prediction) {
      for (IdHash subject : prediction.subjects()) {
        byte[] ids = dependents.get(subject);
        if (ids.length < START + (count(ids) + 1) * ID_BYTES) {
          ids = grown(subject, ids);
          dependents.put(subject, ids);
        }
        append(ids, prediction.id());
      }
    }
  }

  /** The records of the ids whose pending predictions are about a subject. */
  List<List<Arrived>> dependents(IdHash subject) {
    return ids(subject).stream().map(log::get).toList();
  }

  /** The ids whose pending predictions are about a subject, each once. */
  private List<IdHash> ids(IdHash subject) {
    ByteBuffer in = ByteBuffer.wrap(dependents.get(subject));
    Set<IdHash> ids = new LinkedHashSet<>();
    for (int left = in.hasRemaining() ? in.getInt() : 0; left > 0; left--) {
      ids.add(new IdHash(in.getLong(), in.getLong()));
    }
    return ids.stream().filter(id -> isPending(id, subject)).toList();
  }

  private boolean isPending(IdHash id, IdHash subject) {
    return log.get(id).stream()
        .anyMatch(
            record ->
                record.event() instanceof Prediction prediction
                    && prediction.subjects().contains(subject));
  }

  /** More room, unless those that are over leave enough. */
  private byte[] grown(IdHash subject, byte[] ids) {
    List<IdHash> live = ids(subject);
    int room = Math.max(count(ids), 2 * live.size());
    byte[] grown = new byte[START + Math.max(FEWEST, room) * ID_BYTES];
    live.forEach(id -> append(grown, id));
    return grown;
  }

  private static int count(byte[] ids) {
    return ids.length == 0 ? 0 : ByteBuffer.wrap(ids).getInt();
  }

  private static void append(byte[] ids, IdHash id) {
    int count = count(ids);
    ByteBuffer out = ByteBuffer.wrap(ids);
    out.putInt(0, count + 1).putLong(START + count * ID_BYTES, id.high());
    out.putLong(START + count * ID_BYTES + Long.BYTES, id.low());
  }

  /** Writes the subjects of which something new is known since the last flush. */
  public void flush(BiConsumer<byte[], byte @Nullable []> changelog) {
    for (IdHash subject : changed) {
      byte[] key = new ByteWriter().octet(KEY).fixed(subject.high()).fixed(subject.low()).toBytes();
      changelog.accept(key, words.get(subject));
    }
    changed.clear();
  }

  /** Whether a changelog key belongs to this. */
  public static boolean owns(byte[] key) {
    return key[0] == KEY;
  }

  /** Applies a changelog entry. */
  public void restore(byte[] key, byte @Nullable [] value) {
    ByteReader in = new ByteReader(key);
    in.octet();
    IdHash subject = new IdHash(in.fixed(), in.fixed());
    if (value != null) {
      words.put(subject, value);
      await(subject, words(subject));
    }
  }

  private List<Word> words(IdHash subject) {
    List<Word> known = new ArrayList<>(1);
    ByteReader in = new ByteReader(words.get(subject));
    while (in.hasMore()) {
      long pane = in.signed();
      long time = in.signed();
      long sequence = in.fixed();
      long since = in.fixed();
      String[] values = new String[in.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.text();
      }
      Attributes said = new Attributes(subject, time, sequence, since, List.of(values));
      known.add(new Word(pane, said));
    }
    return known;
  }

  private static byte[] encode(List<Word> known) {
    ByteWriter out = new ByteWriter();
    for (Word word : known) {
      Attributes said = word.said;
      out.signed(word.pane).signed(said.time()).fixed(said.sequence()).fixed(said.since());
      out.unsigned(said.values().size());
      said.values().forEach(out::text);
    }
    return out.toBytes();
  }
}
