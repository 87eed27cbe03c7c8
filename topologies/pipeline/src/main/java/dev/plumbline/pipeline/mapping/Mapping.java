package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.Score;
import dev.plumbline.pipeline.monitor.Selection;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Cells;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RejectReason;
import java.util.List;
import java.util.Optional;

/**
 * What the records of one feed mean, compiled once from the monitor file. Pure: the same record
 * always means the same. Not safe for use by several threads (decoders reuse their buffers).
 *
 * <p>A model that the file does not name maps like any other; the core counts it as such.
 */
public final class Mapping {

  private static final SchemaLookup NO_REGISTRY =
      id -> new SchemaLookup.Answer.Unavailable("this run has no schema registry");

  private static final String NO_VALUE = "expected a value, was null (a tombstone)";

  private final RowDecoder decoder;
  private final int maxBytes;
  private final Recipe recipe;
  private final boolean isPlain;
  private final boolean isDebezium;
  private final Sieve sieve;
  private final Selecting selecting;

  private Mapping(Monitor monitor, Selection selection, RowDecoder decoder, Recipe recipe) {
    this.decoder = decoder;
    this.maxBytes = monitor.settings().maxRecordBytes();
    this.recipe = recipe;
    this.isPlain = selection.equals(Selection.ALL);
    this.isDebezium = selection.isDebezium();
    this.sieve = new Sieve(selection);
    this.selecting = new Selecting(selection, sieve, recipe);
  }

  /**
   * The mapping of a feed of predictions.
   *
   * @param feed its number in the monitor file
   * @param key hashes their ids
   */
  public static Mapping ofPredictions(
      Monitor monitor, int feed, IdHash.Key key, RowDecoder decoder) {
    return ofPredictions(monitor, monitor.predictions().get(feed), key, decoder, NO_REGISTRY);
  }

  /** The same where record keys may need a schema registry. */
  static Mapping ofPredictions(
      Monitor monitor,
      Feed.Predictions feed,
      IdHash.Key key,
      RowDecoder decoder,
      SchemaLookup registry) {
    IdReading ids = IdReading.of(feed.id(), key, registry);
    List<IdReading> subjects =
        feed.subjects().entrySet().stream()
            .map(
                subject ->
                    IdReading.of(
                        subject.getValue(), SubjectRecipe.key(key, subject.getKey()), registry))
            .toList();
    return new Mapping(
        monitor, feed.feed().selection(), decoder, Predictions.of(monitor, feed, ids, subjects));
  }

  /** The mapping of an input of attributes; {@code key} hashes ids. */
  static Mapping ofAttributes(
      Monitor monitor,
      Feed.Attributes feed,
      IdHash.Key key,
      RowDecoder decoder,
      SchemaLookup registry) {
    IdReading ids = IdReading.of(feed.id(), SubjectRecipe.key(key, feed.subject()), registry);
    Selection selection = feed.feed().selection();
    return new Mapping(monitor, selection, decoder, SubjectRecipe.of(monitor, feed, ids));
  }

  /** The mapping of labels; {@code key} hashes their ids. */
  public static Mapping ofLabels(Monitor monitor, IdHash.Key key, RowDecoder decoder) {
    return ofLabels(monitor, key, decoder, NO_REGISTRY);
  }

  /** The same where record keys may need a schema registry. */
  static Mapping ofLabels(
      Monitor monitor, IdHash.Key key, RowDecoder decoder, SchemaLookup registry) {
    IdReading ids = IdReading.of(monitor.labels().id(), key, registry);
    Selection selection = monitor.labels().feed().selection();
    return new Mapping(monitor, selection, decoder, Labels.of(monitor, ids));
  }

  /**
   * Maps a record as it was read.
   *
   * @throws RegistryUnavailableException if that cannot be decided now; nothing is lost if the same
   *     record is mapped again later
   */
  public Mapped map(Incoming incoming) {
    if (!sieve.admits(incoming)) {
      return Mapped.FILTERED;
    }
    byte[] bytes = incoming.value();
    if (bytes == null && isDebezium) {
      return Mapped.FILTERED; // it only says that the deletion before it may be compacted
    }
    if (bytes == null) {
      return tombstone(incoming);
    }
    if (bytes.length > maxBytes) {
      return new Mapped.Rejected(
          RejectReason.TOO_LARGE,
          "expected at most max_record_bytes = " + maxBytes + " bytes, was " + bytes.length);
    }
    Decoded decoded = decoder.decode(bytes);
    return decoded instanceof Decoded.Failed failed
        ? new Mapped.Rejected(failed.reason(), failed.detail())
        : map(((Decoded.Read) decoded).row(), incoming);
  }

  private Mapped tombstone(Incoming incoming) {
    try {
      return recipe.tombstone(incoming);
    } catch (Refusal refusal) {
      return refusal.rejected();
    }
  }

  private Mapped map(Row row, Incoming incoming) {
    try {
      return isPlain
          ? new Mapped.Admitted(recipe.event(row, incoming))
          : selecting.map(row, incoming);
    } catch (Refusal refusal) {
      return refusal.rejected();
    }
  }

  private record Predictions(
      Feed.Predictions feed,
      IdReading ids,
      TimeReading times,
      Optional<FieldReading.Classes> decisions,
      List<AttributeReading> attributes,
      ReviewReading review,
      List<IdReading> subjects,
      Cells cells)
      implements Recipe {

    static Predictions of(
        Monitor monitor, Feed.Predictions feed, IdReading ids, List<IdReading> subjects) {
      String positive = monitor.outcome().positiveDecision();
      return new Predictions(
          feed,
          ids,
          new TimeReading(monitor.times()),
          feed.decision().map(field -> FieldReading.Classes.of(field, positive)),
          feed.attributes().stream().map(AttributeReading::of).toList(),
          ReviewReading.of(feed.review(), positive),
          subjects,
          new Cells());
    }

    @Override
    public Event event(Row row, Incoming incoming) {
      IdHash id = ids.id(row, incoming);
      long time = times.recordTime(row, feed.time(), incoming.timestamp());
      String model = FieldReading.text(row, feed.model());
      String version = FieldReading.text(row, feed.version());
      int score = feed.score().map(field -> micro(row, field)).orElse(Prediction.NO_SCORE);
      int decision = decisions.map(field -> field.code(row)).orElseGet(() -> decided(score));
      String[] values = new String[attributes.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = attributes.get(i).value(row);
      }
      long sequence = FieldReading.sequence(row, feed.sequence());
      Cell cell = cells.known(new Cell(model, version, List.of(values), review.sampling(row)));
      return subjects.isEmpty()
          ? new Prediction(id, time, sequence, cell, decision, score)
          : new Prediction(
              id,
              time,
              sequence,
              cell,
              decision,
              score,
              SubjectRecipe.ids(subjects, row, incoming));
    }

    @Override
    public Mapped tombstone(Incoming incoming) {
      return new Mapped.Rejected(RejectReason.NULL_VALUE, NO_VALUE);
    }

    /** A prediction was made, whatever became of the row. */
    @Override
    public Mapped deletion(Debezium.Change change, Row row, Incoming incoming) {
      return Mapped.FILTERED;
    }

    private static int micro(Row row, Score field) {
      double score = FieldReading.number(row, field.path());
      if (!field.contains(score)) {
        throw Refusal.at(
            field.path(),
            RejectReason.BAD_SCORE,
            "a number of [" + field.low() + ", " + field.high() + "]",
            Double.isNaN(score) ? "not a number" : "outside");
      }
      return field.micro(score);
    }

    private int decided(int score) {
      return feed.score().orElseThrow().decidesPositive(score) ? 1 : 0;
    }
  }

  private record Labels(
      Feed.Labels feed, IdReading ids, TimeReading times, FieldReading.Classes classes)
      implements Recipe {

    static Labels of(Monitor monitor, IdReading ids) {
      return new Labels(
          monitor.labels(),
          ids,
          new TimeReading(monitor.times()),
          FieldReading.Classes.of(monitor.labels().label(), monitor.outcome().positiveLabel()));
    }

    @Override
    public Event event(Row row, Incoming incoming) {
      IdHash id = ids.id(row, incoming);
      Optional<TimeField> known = feed.known();
      long time =
          known.isPresent()
              ? times.recordTime(row, known.get(), incoming.timestamp())
              : times.kafkaTime(incoming.timestamp());
      Optional<TimeField> happened = feed.happened();
      long since = happened.isPresent() ? times.plausible(row, happened.get()) : time;
      long sequence = FieldReading.sequence(row, feed.sequence());
      return new Label(id, time, since, sequence, classes.code(row));
    }

    @Override
    public Mapped tombstone(Incoming incoming) {
      return switch (feed.tombstones()) {
        case REJECTED ->
            new Mapped.Rejected(
                RejectReason.NULL_VALUE, NO_VALUE + "; labels.tombstones says what one means");
        case FILTERED -> Mapped.FILTERED;
        case WITHDRAWN -> {
          long time = times.kafkaTime(incoming.timestamp());
          IdHash id = ids.id(Row.NONE, incoming);
          yield new Mapped.Admitted(new Label(id, time, time, Event.NO_SEQUENCE, Label.WITHDRAWN));
        }
      };
    }

    /** Takes the label back when the change was seen, which the row itself does not say. */
    @Override
    public Mapped deletion(Debezium.Change change, Row row, Incoming incoming) {
      IdHash id = ids.id(row, incoming);
      long time = times.recordTime(change.envelope(), Debezium.SEEN, incoming.timestamp());
      Optional<TimeField> happened = feed.happened().or(feed::known);
      long since = happened.isPresent() ? times.plausible(row, happened.get()) : time;
      return new Mapped.Admitted(new Label(id, time, since, Event.NO_SEQUENCE, Label.WITHDRAWN));
    }
  }
}
