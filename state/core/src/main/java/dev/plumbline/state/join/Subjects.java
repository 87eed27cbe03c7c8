package dev.plumbline.state.join;

import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of subjects whose attributes come by an input of their own, and which pending
 * predictions are about them.
 *
 * <p>Every shard knows all subjects, as ids and subjects are not in the same shard. What a subject
 * has is a set of words with their arrivals ({@link Words}): the cell of a prediction is a function
 * of those that have arrived, so it does not matter when they are read.
 *
 * <p>A deletion takes back what became known of the subject until then. Predictions that arrived
 * before it may still ask what was known, so its values go when the frontier is {@link Past#window}
 * panes ahead of it, and the deletion with them. A value that became known before the deletion, but
 * arrives later than that, is a new word.
 *
 * <p>Size: a word takes 12 bytes, 9 more where it has a sequence, 6 more where it has a since, and
 * its values with two bytes each; a subject 17 more in the changelog and about 60 more in memory. A
 * subject has one word for each change of its values as long as a prediction may ask for it, twice
 * the retention, and one more for each run of words that say the same; those that arrive ahead of
 * the frontier stay until it has passed them. Words that may still decide are never given up, so
 * there is no other bound: at most one for each pane of that time, and where they have a since, for
 * each pane and since.
 */
public final class Subjects {

  private static final byte KEY = 's';

  private final Pending words = new Pending();
  private final Dependents dependents;
  private final PendingLog log;
  private final Timing timing;
  private final Deadlines deletions = new Deadlines();
  private final Set<IdHash> changed = new HashSet<>();
  private Past past;

  Subjects(PendingLog log, Timing timing) {
    this.log = log;
    this.timing = timing;
    this.dependents = new Dependents(log);
    this.past = Past.none(timing);
  }

  /** Number of subjects of which something is known. */
  public int size() {
    return words.size();
  }

  /** Number of subjects that pending predictions are about. */
  public int awaited() {
    return dependents.size();
  }

  /** The cell of a prediction by what is known of its subjects at the end of a pane. */
  Cell cell(Prediction prediction, long pane) {
    if (prediction.subjects().isEmpty()) {
      return prediction.cell();
    }
    List<Words> known = prediction.subjects().stream().map(this::words).toList();
    Cell own = prediction.cell();
    List<String> values = new ArrayList<>(own.values());
    for (int i = 0; i < values.size(); i++) {
      int attribute = i;
      Optional<Word> last =
          known.stream()
              .flatMap(of -> of.on(attribute, prediction.time(), pane, past).stream())
              .reduce((one, other) -> one.outweighs(other) ? one : other);
      if (last.isPresent()) {
        values.set(i, last.get().said().values().get(i));
      }
    }
    return new Cell(own.model(), own.version(), values, own.sampling());
  }

  /** The panes after a prediction's arrival in which more becomes known of its subjects. */
  LongStream later(Arrived record) {
    return record.event() instanceof Prediction prediction
        ? prediction.subjects().stream()
            .flatMapToLong(subject -> words(subject).panes())
            .filter(pane -> pane > timing.paneOf(record.arrival()))
        : LongStream.empty();
  }

  /** Whether something is known of the subjects of a prediction that arrives after a pane. */
  boolean knowsAfter(Arrived record, long pane) {
    return record.event() instanceof Prediction prediction
        && !prediction.subjects().isEmpty()
        && later(record).anyMatch(later -> later > pane);
  }

  /** What a word changes: its subject is known without it or with it. */
  final class Change {
    private final IdHash subject;
    private final byte[] without;
    private final byte[] with;

    private Change(IdHash subject, byte[] without, byte[] with) {
      this.subject = subject;
      this.without = without;
      this.with = with;
    }

    /** Knows what was known before. */
    void undo() {
      put(subject, without);
    }

    /** Knows the word too. */
    void make() {
      put(subject, with);
    }
  }

  /**
   * Takes what arrived in a pane.
   *
   * @param moved hears of the records of each id whose contribution it changes, and of the change,
   *     which is made in the end
   */
  void add(Attributes said, long pane, BiConsumer<List<Arrived>, Change> moved) {
    IdHash subject = said.id();
    Word word = new Word(pane, said);
    Words known = words(subject);
    if (!known.isNews(word, past)) {
      return;
    }
    byte[] with = known.with(word, past).pruned(past).encode();
    Change change = new Change(subject, words.get(subject), with);
    if (!known.isRepeated(word)) {
      forEachDependent(subject, pane, records -> moved.accept(records, change));
    }
    change.make();
    changed.add(subject);
    if (said.deletes()) {
      deletions.add(past.settles(word), subject);
    }
  }

  /** One id after the other: of a popular subject their records are many. */
  private void forEachDependent(IdHash subject, long pane, Consumer<List<Arrived>> visitor) {
    for (IdHash id : dependents.of(subject)) {
      List<Arrived> records = log.get(id);
      if (records.stream()
          .anyMatch(record -> Dependents.isAbout(record, subject) && mayMove(record, pane))) {
        visitor.accept(records);
      }
    }
  }

  /** Whether what arrives in a pane may move a prediction: nothing does once it is over. */
  private boolean mayMove(Arrived prediction, long pane) {
    return pane <= timing.paneOf(timing.lastTouchOfPrediction(prediction.event().time()));
  }

  /** The frontier has reached a pane: what was deleted long before goes. */
  void advance(long frontier) {
    past = past.until(frontier);
    deletions.until(past.frontier() + 1, (pane, subjects) -> subjects.forEach(this::prune));
  }

  /** Goes on after what is known was restored, at the frontier that was reached. */
  void resumeAt(long frontier) {
    past = past.until(frontier);
    words.forEach(
        (subject, bytes) ->
            Words.decode(subject, bytes)
                .deletions()
                .forEach(deletion -> deletions.add(past.settles(deletion), subject)));
  }

  private void prune(IdHash subject) {
    byte[] pruned = words(subject).pruned(past).encode();
    if (pruned.length < words.get(subject).length) {
      put(subject, pruned);
      changed.add(subject);
    }
  }

  private void put(IdHash subject, byte[] bytes) {
    if (bytes.length == 0) {
      words.remove(subject);
    } else {
      words.put(subject, bytes);
    }
  }

  private Words words(IdHash subject) {
    return Words.decode(subject, words.get(subject));
  }

  /** Notes that a record is pending. */
  void depend(Arrived record) {
    dependents.add(record);
  }

  /** Notes that others of the records of an id are pending than before. */
  void replace(List<Arrived> before, List<Arrived> after) {
    after.stream()
        .filter(record -> hasSubjects(record) && !before.contains(record))
        .forEach(dependents::add);
    before.stream()
        .filter(record -> hasSubjects(record) && !after.contains(record))
        .forEach(dependents::remove);
  }

  private static boolean hasSubjects(Arrived record) {
    return record.event() instanceof Prediction prediction && !prediction.subjects().isEmpty();
  }

  /** Writes the subjects of which something else is known since the last flush. */
  public void flush(BiConsumer<byte[], byte @Nullable []> changelog) {
    for (IdHash subject : changed) {
      byte[] key = new ByteWriter().octet(KEY).fixed(subject.high()).fixed(subject.low()).toBytes();
      byte[] known = words.get(subject);
      changelog.accept(key, known.length == 0 ? null : known);
    }
    changed.clear();
  }

  /** Whether a changelog key belongs to this. */
  public static boolean owns(byte[] key) {
    return key[0] == KEY;
  }

  /** Applies a changelog entry; null deletes. */
  public void restore(byte[] key, byte @Nullable [] value) {
    ByteReader in = new ByteReader(key);
    in.octet();
    put(new IdHash(in.fixed(), in.fixed()), value == null ? new byte[0] : value);
  }
}
