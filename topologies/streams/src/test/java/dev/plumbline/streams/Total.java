package dev.plumbline.streams;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecordBase;

/** The value that toy merges publish: a sum of amounts, and how many there were. */
final class Total extends SpecificRecordBase {

  private static final Schema SCHEMA =
      SchemaBuilder.record("Total")
          .namespace("dev.plumbline.toy")
          .fields()
          .requiredLong("sum")
          .requiredLong("count")
          .endRecord();

  private long sum;
  private long count;

  Total(long sum, long count) {
    this.sum = sum;
    this.count = count;
  }

  @Override
  public Schema getSchema() {
    return SCHEMA;
  }

  @Override
  public Object get(int field) {
    return field == 0 ? sum : count;
  }

  @Override
  public void put(int field, Object value) {
    if (field == 0) {
      sum = (Long) value;
    } else {
      count = (Long) value;
    }
  }

  @Override
  public String toString() {
    return sum + "/" + count;
  }
}
