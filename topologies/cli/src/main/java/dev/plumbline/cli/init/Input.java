package dev.plumbline.cli.init;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.mapping.Decoded;
import dev.plumbline.pipeline.mapping.Inspection;
import dev.plumbline.pipeline.mapping.RegistryUnavailableException;
import dev.plumbline.pipeline.mapping.Row;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.pipeline.monitor.Feed.Format;
import dev.plumbline.schemas.WireFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A sample with its format.
 *
 * @param isDebezium whether records are changes of a row
 * @param unreadable records that are not of the format
 */
record Input(
    Sample sample, Format format, boolean isDebezium, List<Event> events, long unreadable) {

  /** Share of the records that must be of one form to take it for that of the topic. */
  private static final double NEARLY_ALL = 0.9;

  Input {
    events = List.copyOf(events);
  }

  /**
   * Decodes a sample in the format that nearly all of its records have.
   *
   * @throws Failure if there is none
   */
  static Input of(Sample sample, SchemaLookup registry) {
    Format format = sample.isFile() ? Format.CSV : format(sample, registry);
    List<Event> events = new ArrayList<>();
    List<Event> changes = new ArrayList<>();
    long values = 0;
    long other = 0;
    RowDecoder decoder = decoder(format, sample, registry);
    for (Sighting sighting : sample.records()) {
      byte[] bytes = sighting.value();
      if (bytes == null) {
        continue;
      }
      values++;
      if (decode(decoder, bytes, sample) instanceof Decoded.Read read) {
        Row row = read.row();
        events.add(new Event(sighting, row, row.type()));
        Inspection.changed(row)
            .ifPresent(change -> changes.add(new Event(sighting, change, row.type())));
      } else {
        other++;
      }
    }
    if (events.isEmpty() || events.size() < NEARLY_ALL * values) {
      throw nothing(sample, format, events.size(), values);
    }
    boolean isDebezium = format != Format.CSV && changes.size() > events.size() / 2;
    return new Input(sample, format, isDebezium, isDebezium ? changes : events, other);
  }

  private static Decoded decode(RowDecoder decoder, byte[] bytes, Sample sample) {
    try {
      return decoder.decode(bytes);
    } catch (RegistryUnavailableException silent) {
      throw Failure.unreachable(
          "%s: %s; name the registry with --schema-registry-url"
              .formatted(sample.name(), silent.getMessage()),
          silent);
    }
  }

  private static Failure nothing(Sample sample, Format format, int read, long values) {
    if (values == 0) {
      return Failure.problem(
          sample.name() + ": expected records, was none; name a topic or a file that has some");
    }
    return Failure.problem(
        "%s: expected records of one format, was %s in %d of %d records of the sample; name a topic"
                .formatted(sample.name(), format.name().toLowerCase(Locale.ROOT), read, values)
            + " of one format");
  }

  private static RowDecoder decoder(Format format, Sample sample, SchemaLookup registry) {
    return switch (format) {
      case AVRO -> RowDecoder.avro(registry);
      case JSON -> RowDecoder.json(registry);
      case PROTOBUF -> RowDecoder.protobuf(registry);
      case CSV -> RowDecoder.csv(sample.columns());
    };
  }

  /** What most records are; the registry knows which schemas are of which type. */
  private static Format format(Sample sample, SchemaLookup registry) {
    Map<Format, Integer> votes = new EnumMap<>(Format.class);
    for (Sighting sighting : sample.records()) {
      byte[] bytes = sighting.value();
      if (bytes != null) {
        votes.merge(format(bytes, sample, registry), 1, Integer::sum);
      }
    }
    Format most =
        votes.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(Format.JSON);
    if (most == Format.CSV) {
      throw Failure.problem(
          "topic %s: expected Avro, Protobuf or JSON, was other text or bytes; the columns of a CSV"
                  .formatted(sample.name())
              + " topic cannot be told: write some of it to a file with a header row, and name"
              + " that");
    }
    return most;
  }

  private static Format format(byte[] bytes, Sample sample, SchemaLookup registry) {
    OptionalInt id = WireFormat.schemaId(bytes);
    if (id.isEmpty()) {
      return new String(bytes, 0, Math.min(bytes.length, 16), UTF_8).stripLeading().startsWith("{")
          ? Format.JSON
          : Format.CSV;
    }
    Answer answer = registry.schema(id.getAsInt());
    if (answer instanceof Answer.Unavailable silent) {
      throw Failure.problem(
          "%s: its records name schemas of a registry: %s; name it with --schema-registry-url"
              .formatted(sample.name(), silent.cause()));
    }
    if (answer instanceof Answer.Text text) {
      return text.type().equals(Answer.Text.PROTOBUF) ? Format.PROTOBUF : Format.JSON;
    }
    return Format.AVRO;
  }
}
