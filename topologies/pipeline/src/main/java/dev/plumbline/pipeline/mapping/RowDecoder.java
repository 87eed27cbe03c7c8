package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.state.record.RejectReason;
import java.util.List;
import java.util.Optional;

/** Bytes of one topic to rows. Not safe for use by several threads. */
@FunctionalInterface
public interface RowDecoder {

  /**
   * Decodes one value.
   *
   * @throws RegistryUnavailableException if that cannot be decided now
   */
  Decoded decode(byte[] bytes);

  /** JSON objects; a header of the Confluent wire format is passed over. */
  static RowDecoder json() {
    return new JsonDecoder(bytes -> "");
  }

  /** JSON objects; those with a header of the Confluent wire format are of its JSON Schema. */
  static RowDecoder json(SchemaLookup registry) {
    return JsonDecoder.of(registry);
  }

  /** Protobuf messages in the Confluent wire format. */
  static RowDecoder protobuf(SchemaLookup registry) {
    return new ProtobufDecoder(registry);
  }

  /** One CSV line a value, RFC 4180; {@code columns} name its values in order. */
  static RowDecoder csv(List<String> columns) {
    return new CsvDecoder(columns);
  }

  /** Avro records in the Confluent wire format. */
  static RowDecoder avro(SchemaLookup registry) {
    return new AvroDecoder(registry, Optional.empty());
  }

  /**
   * The decoder of a feed.
   *
   * @throws IllegalArgumentException if it is CSV and the monitor file names no columns
   */
  static RowDecoder of(Feed feed, SchemaLookup registry) {
    return switch (feed.format()) {
      case AVRO -> avro(registry);
      case JSON -> json(registry);
      case PROTOBUF -> protobuf(registry);
      case CSV -> csv(feed.columns());
    };
  }

  /**
   * The same where several monitors of a process may decode the same bytes. Messages of Protobuf
   * belong to the decoder that knows their types, and are not shared.
   */
  static RowDecoder of(Feed feed, SchemaLookup registry, Decodings shared) {
    return switch (feed.format()) {
      case AVRO -> new AvroDecoder(registry, Optional.of(shared));
      case JSON -> shared.before(json(registry), Feed.Format.JSON);
      case CSV -> shared.before(csv(feed.columns()), feed.columns());
      case PROTOBUF -> protobuf(registry);
    };
  }

  /** Bytes that are not of the schema that they name. */
  static Decoded broken(int id, Exception broken) {
    return undecodable(
        "expected a record of schema "
            + id
            + ", was truncated or other bytes ("
            + broken.getClass().getSimpleName()
            + ")");
  }

  /** Shorthand for bytes that do not decode. */
  static Decoded undecodable(String detail) {
    return new Decoded.Failed(RejectReason.UNDECODABLE, detail);
  }
}
