package dev.plumbline.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Confluent's wire format: a zero byte, the id of the schema in four bytes (big-endian), the record
 * in Avro's binary encoding. Safe for use by several threads.
 */
public final class WireFormat {

  /** First byte of every value. */
  public static final byte MAGIC = 0;

  /** Bytes before the Avro encoding. */
  public static final int HEADER_BYTES = 1 + Integer.BYTES;

  private static final int TYPICAL_BYTES = 512;

  static {
    TrustedClasses.trust();
  }

  private final Registry registry;

  /** The format with the schemas of a registry. */
  public WireFormat(Registry registry) {
    this.registry = registry;
  }

  /**
   * Id of the schema that a value was written with; empty if the value does not begin with the
   * format's header.
   */
  public static OptionalInt schemaId(byte[] value) {
    return value.length < HEADER_BYTES || value[0] != MAGIC
        ? OptionalInt.empty()
        : OptionalInt.of(ByteBuffer.wrap(value).getInt(1));
  }

  /**
   * Encodes a record for a topic, after registering its schema for the topic if need be.
   *
   * @throws RegistryException if the schema cannot be registered
   */
  public byte[] encode(String topic, SpecificRecord value) {
    Schema schema = Topic.of(value.getClass()).schema().orElseThrow();
    return frame(registry.register(topic, schema), value);
  }

  /** The record behind a header with this schema id. */
  static byte[] frame(int schemaId, SpecificRecord value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    bytes.write(MAGIC);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    write(value, bytes);
    return bytes.toByteArray();
  }

  private static void write(SpecificRecord value, ByteArrayOutputStream bytes) {
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new SpecificDatumWriter<>(value.getSchema(), SpecificData.getForClass(value.getClass()))
          .write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /**
   * Decodes a value, whatever version of the schema it was written with.
   *
   * @throws IllegalArgumentException if the bytes are not in this format, name a schema that the
   *     registry does not know, or do not decode with it
   * @throws RegistryException if the registry gave no definite answer
   */
  public <T extends SpecificRecord> T decode(byte[] value, Class<T> type) {
    int id = schemaId(value).orElseThrow(() -> notFramed(value));
    return read(value, writerSchema(id), type);
  }

  private static IllegalArgumentException notFramed(byte[] value) {
    return new IllegalArgumentException(
        "expected a zero byte and a schema id before Avro, found %d other bytes: was it written without a schema registry?"
            .formatted(value.length));
  }

  private Schema writerSchema(int id) {
    return registry
        .schema(id)
        .fold(
            SchemaAnswer.Known::schema,
            text -> {
              throw new IllegalArgumentException(
                  "schema %d of the schema registry at %s is of type %s, not Avro: is it the topic that it should be?"
                      .formatted(id, registry.url(), text.type()));
            },
            unknown -> {
              throw new IllegalArgumentException(
                  "the schema registry at %s knows no schema %d: is it the registry that the topic was written with?"
                      .formatted(registry.url(), unknown.id()));
            },
            unavailable -> {
              throw new RegistryException(unavailable.problem(), true);
            });
  }

  /** Decodes what follows the header. */
  static <T extends SpecificRecord> T read(byte[] value, Schema writer, Class<T> type) {
    SpecificData data = SpecificData.getForClass(type);
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(writer, data.getSchema(type), data);
    int length = value.length - HEADER_BYTES;
    try {
      return reader.read(
          null, DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, length, null));
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "%d bytes do not decode as %s with the schema they name: %s"
              .formatted(length, writer.getFullName(), e.getMessage()),
          e);
    }
  }
}
