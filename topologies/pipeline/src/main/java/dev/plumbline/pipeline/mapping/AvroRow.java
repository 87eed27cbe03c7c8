package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * An Avro record, read without conversions: logical types of times and decimals are honoured here.
 */
record AvroRow(GenericRecord content, AvroFields fields, Texts texts) implements Row {

  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  @Override
  public Value at(FieldPath path) {
    return at(path, true);
  }

  @Override
  public Value uniqueAt(FieldPath path) {
    return at(path, false);
  }

  @Override
  public Optional<Row> part(FieldPath path) {
    return raw(path) instanceof GenericRecord part
        ? Optional.of(new AvroRow(part, fields.of(part.getSchema()), texts))
        : Optional.empty();
  }

  @Override
  public Optional<List<Row>> elements(FieldPath path) {
    if (!(raw(path) instanceof GenericArray<?> array)) {
      return Optional.empty();
    }
    Schema of = array.getSchema().getElementType();
    List<Row> elements = new ArrayList<>(array.size());
    for (@Nullable Object one : array) {
      elements.add(element(one, of));
    }
    return Optional.of(elements);
  }

  private Row element(@Nullable Object one, Schema of) {
    if (one instanceof GenericRecord part) {
      return new AvroRow(part, fields.of(part.getSchema()), texts);
    }
    return new Single(one == null ? Value.NULL : value(one, of, true));
  }

  @Override
  public List<String> leaves() {
    List<String> leaves = new ArrayList<>();
    for (Schema.Field field : content.getSchema().getFields()) {
      if (content.get(field.pos()) instanceof GenericRecord part) {
        new AvroRow(part, fields.of(part.getSchema()), texts)
            .leaves()
            .forEach(leaf -> leaves.add(field.name() + "." + leaf));
      } else {
        leaves.add(field.name());
      }
    }
    return leaves;
  }

  @Override
  public String type() {
    return content.getSchema().getFullName();
  }

  private @Nullable Object raw(FieldPath path) {
    @Nullable Object value = content;
    for (String step : path.steps()) {
      if (value instanceof GenericRecord part) {
        Schema.Field field = part.getSchema().getField(step);
        value = field == null ? null : part.get(field.pos());
      } else {
        value = value instanceof Map<?, ?> map ? map.get(new Utf8(step)) : null;
      }
    }
    return value;
  }

  private Value at(FieldPath path, boolean repeats) {
    AvroFields.Start start = fields.start(path);
    if (start == null) {
      return Value.ABSENT;
    }
    @Nullable Object value = content.get(start.field().pos());
    Schema schema = start.field().schema();
    for (int i = 1; i < path.steps().size(); i++) {
      if (value instanceof GenericRecord part) {
        Schema.Field field = part.getSchema().getField(path.steps().get(i));
        if (field == null) {
          return Value.ABSENT;
        }
        value = part.get(field.pos());
        schema = field.schema();
      } else if (value instanceof Map<?, ?> map) {
        value = map.get(start.keys().get(i));
        schema = chosen(schema, map).getValueType();
      } else {
        return Value.ABSENT;
      }
    }
    return value == null ? Value.NULL : value(value, schema, repeats);
  }

  private static Schema chosen(Schema schema, Object value) {
    return schema.isUnion()
        ? schema.getTypes().get(GenericData.get().resolveUnion(schema, value))
        : schema;
  }

  private Value value(Object value, Schema schema, boolean repeats) {
    if (value instanceof CharSequence text) {
      return new Value.Text(repeats ? texts.of(text) : text.toString());
    }
    if (value instanceof GenericData.EnumSymbol) {
      return new Value.Text(value.toString());
    }
    if (value instanceof Long || value instanceof Integer) {
      return whole(((Number) value).longValue(), chosen(schema, value).getLogicalType());
    }
    if (value instanceof Double number) {
      return new Value.Real(number);
    }
    if (value instanceof Float number) {
      return Value.Real.of(number);
    }
    if (value instanceof Boolean truth) {
      return new Value.Truth(truth);
    }
    Schema of = chosen(schema, value);
    return of.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? decimal(value, decimal)
        : compound(of);
  }

  private static Value whole(long number, @Nullable LogicalType type) {
    return switch (type == null ? "" : type.getName()) {
      case "timestamp-millis" -> new Value.Moment(number);
      case "timestamp-micros" -> new Value.Moment(Math.floorDiv(number, MICROS_PER_MILLI));
      case "timestamp-nanos" -> new Value.Moment(Math.floorDiv(number, NANOS_PER_MILLI));
      case "local-timestamp-millis" -> new Value.Local(number);
      case "local-timestamp-micros" -> new Value.Local(Math.floorDiv(number, MICROS_PER_MILLI));
      case "local-timestamp-nanos" -> new Value.Local(Math.floorDiv(number, NANOS_PER_MILLI));
      case "date" -> new Value.Day(number);
      default -> new Value.Whole(number);
    };
  }

  private static Value decimal(Object value, LogicalTypes.Decimal type) {
    byte[] digits;
    if (value instanceof ByteBuffer buffer) {
      digits = new byte[buffer.remaining()];
      buffer.duplicate().get(digits);
    } else {
      digits = ((GenericFixed) value).bytes();
    }
    return digits.length == 0
        ? Value.NULL
        : new Value.Exact(new BigDecimal(new BigInteger(digits), type.getScale()));
  }

  private static Value compound(Schema schema) {
    return new Value.Compound("Avro " + schema.getType().name().toLowerCase(Locale.ROOT));
  }
}
