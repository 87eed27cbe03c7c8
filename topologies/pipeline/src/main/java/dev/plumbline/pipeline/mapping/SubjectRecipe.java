package dev.plumbline.pipeline.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the records of an input of attributes become what is known of a subject. A subject that was
 * deleted has none of them any more.
 *
 * @param readings one for each attribute of the monitor; empty where this input says nothing
 */
record SubjectRecipe(
    Feed.Attributes feed,
    IdReading ids,
    TimeReading times,
    List<Optional<AttributeReading>> readings)
    implements Recipe {

  static SubjectRecipe of(Monitor monitor, Feed.Attributes feed, IdReading ids) {
    List<Optional<AttributeReading>> readings = new ArrayList<>();
    for (String name : monitor.subgroups().attributes()) {
      Optional<Attribute> attribute = feed.attribute(name);
      readings.add(attribute.map(AttributeReading::of));
    }
    return new SubjectRecipe(feed, ids, new TimeReading(monitor.times()), readings);
  }

  /** The key that hashes the ids of subjects of a name: a person 7 is no item 7. */
  static IdHash.Key key(IdHash.Key key, String subject) {
    IdHash derived = IdHash.of(key, ("subject " + subject).getBytes(UTF_8));
    return new IdHash.Key(derived.high(), derived.low());
  }

  /** The subjects of a prediction that it names. */
  static List<IdHash> ids(List<IdReading> subjects, Row row, Incoming incoming) {
    List<IdHash> ids = new ArrayList<>();
    for (IdReading subject : subjects) {
      try {
        ids.add(subject.id(row, incoming));
      } catch (Refusal refusal) {
        if (refusal.rejected().reason() != RejectReason.MISSING_FIELD) {
          throw refusal;
        }
      }
    }
    return ids;
  }

  @Override
  public Event event(Row row, Incoming incoming) {
    IdHash id = ids.id(row, incoming);
    Optional<TimeField> known = feed.known();
    long time =
        known.isPresent()
            ? times.recordTime(row, known.get(), incoming.timestamp())
            : times.kafkaTime(incoming.timestamp());
    Optional<TimeField> since = feed.since();
    long holds = since.isPresent() ? times.plausible(row, since.get()) : Attributes.ALWAYS;
    long sequence = FieldReading.sequence(row, feed.sequence());
    List<String> values = new ArrayList<>();
    for (Optional<AttributeReading> reading : readings) {
      values.add(reading.isPresent() ? reading.get().value(row) : Attributes.UNSAID);
    }
    return new Attributes(id, time - feed.waits(), sequence, holds, values);
  }

  /** Its time is that of its record, and it has no other. */
  @Override
  public Mapped tombstone(Incoming incoming) {
    if (!times.times().kafkaTimestampsReal()) {
      return new Mapped.Rejected(
          RejectReason.NULL_VALUE,
          "expected a value, as times.kafka_timestamps is ignored and nothing else says when the "
              + feed.subject()
              + " was deleted, was null (a tombstone); write a record without its attributes");
    }
    return forgotten(ids.id(Row.NONE, incoming), times.kafkaTime(incoming.timestamp()));
  }

  @Override
  public Mapped deletion(Debezium.Change change, Row row, Incoming incoming) {
    long time = times.recordTime(change.envelope(), Debezium.SEEN, incoming.timestamp());
    return forgotten(ids.id(row, incoming), time);
  }

  private Mapped forgotten(IdHash id, long time) {
    List<String> values =
        readings.stream()
            .map(reading -> reading.isPresent() ? Cell.MISSING : Attributes.UNSAID)
            .toList();
    long since = feed.since().isPresent() ? time : Attributes.ALWAYS;
    return new Mapped.Admitted(
        new Attributes(id, time - feed.waits(), Event.NO_SEQUENCE, since, true, values));
  }
}
