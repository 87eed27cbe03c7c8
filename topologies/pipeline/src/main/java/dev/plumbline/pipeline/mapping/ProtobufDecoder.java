package dev.plumbline.pipeline.mapping;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.state.record.RejectReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Protobuf messages in the Confluent wire format: behind the schema id stands which message of the
 * file it is, as indexes of nested messages from the outside in.
 */
final class ProtobufDecoder implements RowDecoder {

  private final SchemaCache<Source> sources;

  /** How the messages of one file are read. */
  private record Source(int id, FileDescriptor file, Map<Descriptor, ProtobufFields> fields) {}

  ProtobufDecoder(SchemaLookup registry) {
    this.sources = new SchemaCache<>(registry, ProtobufDecoder::source);
  }

  private static Source source(int id, Answer answer) {
    Answer.Text schema = SchemaCache.text(id, answer, Answer.Text.PROTOBUF);
    try {
      return new Source(
          id, ProtoFiles.descriptor(schema.text(), schema.imports()), new HashMap<>());
    } catch (RuntimeException
        | DescriptorValidationException
        | InvalidProtocolBufferException unreadable) {
      throw new Refusal(
          RejectReason.UNDECODABLE,
          "expected a .proto file all of whose imports are known, was another schema (schema "
              + id
              + ", "
              + unreadable.getClass().getSimpleName()
              + ")");
    }
  }

  @Override
  public Decoded decode(byte[] bytes) {
    try {
      return read(sources.of(bytes), bytes);
    } catch (Refusal refusal) {
      return refusal.failed();
    }
  }

  private static Decoded read(Source source, byte[] bytes) {
    int start = WireFormat.HEADER_BYTES;
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes, start, bytes.length - start);
      Descriptor type = type(source.file.getMessageTypes(), in);
      DynamicMessage message = DynamicMessage.parseFrom(type, in);
      in.checkLastTagWas(0);
      ProtobufFields fields = source.fields.computeIfAbsent(type, ProtobufFields::new);
      return new Decoded.Read(new ProtobufRow(message, fields));
    } catch (IOException | RuntimeException broken) {
      // Whatever bytes make a decoder throw, they do not decode.
      return RowDecoder.broken(source.id, broken);
    }
  }

  /** The message that the indexes lead to; none stand for the first of the file. */
  private static Descriptor type(List<Descriptor> outermost, CodedInputStream in)
      throws IOException {
    int count = in.readSInt32();
    Descriptor type = outermost.get(count == 0 ? 0 : in.readSInt32());
    for (int i = 1; i < count; i++) {
      type = type.getNestedTypes().get(in.readSInt32());
    }
    return type;
  }
}
