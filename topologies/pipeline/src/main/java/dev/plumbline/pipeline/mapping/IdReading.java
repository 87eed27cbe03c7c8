package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.IdSource;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.RejectReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the id of an event, compiled; refuses the record if it has none. */
sealed interface IdReading {

  /** The hash of the id's canonical text. */
  IdHash id(Row row, Incoming incoming);

  static IdReading of(IdSource source, IdHash.Key key, SchemaLookup registry) {
    if (source instanceof IdSource.Key plain) {
      return new OfKey(plain.form(), key);
    }
    if (source instanceof IdSource.KeyField field) {
      RowDecoder decoder =
          switch (field.format()) {
            case JSON -> RowDecoder.json();
            case AVRO -> RowDecoder.avro(registry);
            case PROTOBUF -> RowDecoder.protobuf(registry);
          };
      return new OfKeyField(decoder, field.path(), key);
    }
    if (source instanceof IdSource.Header header) {
      return new OfHeader(header.name(), key);
    }
    List<FieldPath> paths = ((IdSource.Paths) source).paths();
    return paths.size() == 1 ? new OfField(paths.get(0), key) : new OfFields(paths, key);
  }

  /** In one field. */
  record OfField(FieldPath path, IdHash.Key key) implements IdReading {

    @Override
    public IdHash id(Row row, Incoming incoming) {
      return FieldReading.id(row, path, key);
    }
  }

  /** In several fields: each text behind its length, so that no two lists have one text. */
  record OfFields(List<FieldPath> paths, IdHash.Key key) implements IdReading {

    @Override
    public IdHash id(Row row, Incoming incoming) {
      StringBuilder joined = new StringBuilder();
      for (FieldPath path : paths) {
        String text = FieldReading.text(row, path);
        joined.append(text.length()).append(':').append(text);
      }
      return IdHash.of(key, joined.toString());
    }
  }

  /** The record key. */
  record OfKey(IdSource.KeyForm form, IdHash.Key key) implements IdReading {

    @Override
    public IdHash id(Row row, Incoming incoming) {
      byte[] bytes = present(incoming.key(), KEY);
      String text =
          switch (form) {
            case TEXT -> utf8(bytes, KEY);
            case LONG -> Long.toString(sized(bytes, Long.BYTES, "64").getLong());
            case INT -> Integer.toString(sized(bytes, Integer.BYTES, "32").getInt());
          };
      return IdHash.of(key, text);
    }

    private static ByteBuffer sized(byte[] bytes, int size, String bits) {
      if (bytes.length != size) {
        throw new Refusal(
            RejectReason.WRONG_TYPE,
            KEY
                + ": expected the "
                + size
                + " bytes of a whole number of "
                + bits
                + " bits, was "
                + bytes.length
                + " bytes");
      }
      return ByteBuffer.wrap(bytes);
    }
  }

  /** In a field of the record key. */
  record OfKeyField(RowDecoder decoder, FieldPath path, IdHash.Key key) implements IdReading {

    @Override
    public IdHash id(Row row, Incoming incoming) {
      Decoded decoded = decoder.decode(present(incoming.key(), KEY));
      if (decoded instanceof Decoded.Failed failed) {
        throw new Refusal(failed.reason(), KEY + ": " + failed.detail());
      }
      Row fields = Debezium.payload(((Decoded.Read) decoded).row());
      return FieldReading.id(fields, path, key);
    }
  }

  /** In a header. */
  record OfHeader(String name, IdHash.Key key) implements IdReading {

    @Override
    public IdHash id(Row row, Incoming incoming) {
      String place = "header " + name;
      return IdHash.of(key, utf8(present(incoming.headers().last(name), place), place));
    }
  }

  /** How messages call the record key. */
  String KEY = "record key";

  private static byte[] present(byte @Nullable [] bytes, String place) {
    if (bytes == null || bytes.length == 0) {
      String came = bytes == null ? "missing" : "empty";
      throw new Refusal(RejectReason.MISSING_FIELD, place + ": expected an id, was " + came);
    }
    return bytes;
  }

  private static String utf8(byte[] bytes, String place) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new Refusal(
          RejectReason.WRONG_TYPE, place + ": expected a text, was bytes that are not UTF-8");
    }
  }
}
