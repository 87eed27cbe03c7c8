package dev.plumbline.pipeline.mapping;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.plumbline.pipeline.mapping.ProtobufFields.Step;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Protobuf message. A field that knows whether it was set is absent if it was not; any other has
 * its default then. Maps are looked up by key, wrappers are what they wrap.
 */
record ProtobufRow(Message content, ProtobufFields fields) implements Row {

  private static final int MAP_KEY = 1;
  private static final int MAP_VALUE = 2;
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final String TIMESTAMP = "google.protobuf.Timestamp";
  private static final Set<String> WRAPPERS =
      Set.of(
          "google.protobuf.BoolValue",
          "google.protobuf.BytesValue",
          "google.protobuf.DoubleValue",
          "google.protobuf.FloatValue",
          "google.protobuf.Int32Value",
          "google.protobuf.Int64Value",
          "google.protobuf.StringValue",
          "google.protobuf.UInt32Value",
          "google.protobuf.UInt64Value");

  /** What is in a field. */
  private record Found(FieldDescriptor field, Object value) {}

  @Override
  public String type() {
    return content.getDescriptorForType().getFullName();
  }

  @Override
  public Value at(FieldPath path) {
    Found found = find(path);
    return found == null ? Value.ABSENT : value(found.field, found.value);
  }

  @Override
  public List<String> leaves() {
    List<String> leaves = new ArrayList<>();
    for (FieldDescriptor field : content.getDescriptorForType().getFields()) {
      part(FieldPath.of(field.getName()))
          .filter(part -> !isValue(field.getMessageType()))
          .ifPresentOrElse(
              part -> part.leaves().forEach(leaf -> leaves.add(field.getName() + "." + leaf)),
              () -> leaves.add(field.getName()));
    }
    return leaves;
  }

  @Override
  public Optional<Row> part(FieldPath path) {
    Found found = find(path);
    return found != null && found.value instanceof Message part
        ? Optional.of(new ProtobufRow(part, fields.of(part.getDescriptorForType())))
        : Optional.empty();
  }

  @Override
  public Optional<List<Row>> elements(FieldPath path) {
    Found found = find(path);
    if (found == null || !found.field.isRepeated() || found.field.isMapField()) {
      return Optional.empty();
    }
    List<Row> elements = new ArrayList<>();
    for (Object one : (List<?>) found.value) {
      elements.add(
          one instanceof Message part && !isValue(part.getDescriptorForType())
              ? new ProtobufRow(part, fields.of(part.getDescriptorForType()))
              : new Single(single(found.field, one)));
    }
    return Optional.of(elements);
  }

  private @Nullable Found find(FieldPath path) {
    Optional<List<Step>> way = fields.way(path);
    if (way.isEmpty()) {
      return null;
    }
    @Nullable Object value = content;
    FieldDescriptor field = way.get().get(0).field();
    for (Step step : way.get()) {
      field = step.target();
      value = value instanceof Message message ? step(message, step) : null;
    }
    return value == null ? null : new Found(field, value);
  }

  private static @Nullable Object step(Message message, Step step) {
    FieldDescriptor field = step.field();
    if (field.hasPresence() && !message.hasField(field)) {
      return null;
    }
    Object value = message.getField(field);
    return step.key() == null ? value : entry((List<?>) value, field, step.key());
  }

  private static @Nullable Object entry(List<?> entries, FieldDescriptor map, String key) {
    FieldDescriptor keys = map.getMessageType().findFieldByNumber(MAP_KEY);
    FieldDescriptor values = map.getMessageType().findFieldByNumber(MAP_VALUE);
    @Nullable Object found = null;
    for (Object entry : entries) {
      Message message = (Message) entry;
      Optional<String> text = CanonicalText.of(single(keys, message.getField(keys)));
      if (Objects.equals(text.orElse(null), key)) {
        found = message.getField(values); // of several the last counts, says Protobuf
      }
    }
    return found;
  }

  private static Value value(FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      return new Value.Compound(field.isMapField() ? "a map" : "a list");
    }
    return single(field, value);
  }

  private static Value single(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT -> whole(field, (Integer) value);
      case LONG -> whole(field, (Long) value);
      case FLOAT -> Value.Real.of((Float) value);
      case DOUBLE -> new Value.Real((Double) value);
      case BOOLEAN -> new Value.Truth((Boolean) value);
      case STRING -> new Value.Text((String) value);
      case BYTE_STRING -> new Value.Compound("bytes");
      case ENUM -> named((EnumValueDescriptor) value);
      case MESSAGE -> message((Message) value);
    };
  }

  private static Value whole(FieldDescriptor field, int value) {
    boolean isUnsigned =
        field.getType() == FieldDescriptor.Type.UINT32
            || field.getType() == FieldDescriptor.Type.FIXED32;
    return new Value.Whole(isUnsigned ? Integer.toUnsignedLong(value) : value);
  }

  private static Value whole(FieldDescriptor field, long value) {
    boolean isUnsigned =
        field.getType() == FieldDescriptor.Type.UINT64
            || field.getType() == FieldDescriptor.Type.FIXED64;
    return isUnsigned && value < 0
        ? new Value.Exact(new BigDecimal(Long.toUnsignedString(value)))
        : new Value.Whole(value);
  }

  /** By its name; a number that the schema does not name is that number. */
  private static Value named(EnumValueDescriptor value) {
    return value.getIndex() < 0
        ? new Value.Whole(value.getNumber())
        : new Value.Text(value.getName());
  }

  private static boolean isValue(Descriptor type) {
    return type.getFullName().equals(TIMESTAMP) || WRAPPERS.contains(type.getFullName());
  }

  private static Value message(Message message) {
    Descriptor type = message.getDescriptorForType();
    if (!isValue(type)) {
      return new Value.Compound("a message");
    }
    FieldDescriptor first = type.findFieldByNumber(FIRST);
    if (!type.getFullName().equals(TIMESTAMP)) {
      return single(first, message.getField(first));
    }
    long seconds = (Long) message.getField(first);
    int nanos = (Integer) message.getField(type.findFieldByNumber(SECOND));
    return new Value.Moment(seconds * MILLIS_PER_SECOND + Math.floorDiv(nanos, NANOS_PER_MILLI));
  }
}
