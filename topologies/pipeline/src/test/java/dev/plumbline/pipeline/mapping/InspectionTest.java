package dev.plumbline.pipeline.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.TimeForm;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

final class InspectionTest {

  @Test
  void leavesOfJsonArePathsThatTheMappingReads() {
    Row row = json("{\"id\": 7, \"who\": {\"sex\": \"F\", \"home\": {\"zip\": null}}, \"l\": []}");

    assertThat(row.leaves()).containsExactly("id", "who.sex", "who.home.zip", "l");
    assertThat(row.at(FieldPath.of("who.sex"))).isEqualTo(new Value.Text("F"));
  }

  @Test
  void aNestedAvroRecordThatIsNotThereIsALeaf() {
    Schema who = SchemaBuilder.record("Who").fields().requiredString("sex").endRecord();
    Schema schema =
        SchemaBuilder.record("Decision")
            .fields()
            .requiredLong("id")
            .name("who")
            .type()
            .optional()
            .type(who)
            .endRecord();
    GenericRecord without = new GenericData.Record(schema);
    without.put("id", 7L);
    GenericRecord with = new GenericData.Record(schema);
    with.put("id", 7L);
    GenericRecord part = new GenericData.Record(who);
    part.put("sex", "F");
    with.put("who", part);

    assertThat(avro(without).leaves()).containsExactly("id", "who");
    assertThat(avro(with).leaves()).containsExactly("id", "who.sex");
  }

  @Test
  void leavesOfCsvAreItsColumnsInTheirOrder() {
    Row row = read(RowDecoder.csv(List.of("b", "a", "c.d")), "1,2,3");

    assertThat(row.leaves()).containsExactly("b", "a", "c.d");
  }

  @Test
  void aValueIsATimeOnlyInAFormThatReadsIt() {
    TimeForm auto = new TimeForm.Auto(ZoneOffset.UTC);
    TimeForm day = new TimeForm.Day(ZoneOffset.UTC, true);

    assertThat(Inspection.time(new Value.Text("1970-01-01T00:00:01Z"), auto)).hasValue(1_000);
    assertThat(Inspection.time(new Value.Text("1970-01-01T00:00:01Z"), day)).isEmpty();
    assertThat(Inspection.time(new Value.Text("soon"), auto)).isEmpty();
    assertThat(Inspection.time(Value.ABSENT, auto)).isEmpty();
  }

  @Test
  void aNumberIsOneWhateverTheFormatCallsIt() {
    assertThat(Inspection.number(new Value.Bare("0.5"))).hasValue(0.5);
    assertThat(Inspection.number(new Value.Whole(5))).hasValue(5);
    assertThat(Inspection.number(new Value.Text("F"))).isEmpty();
    assertThat(Inspection.number(new Value.Text("NaN"))).isEmpty();
    assertThat(Inspection.text(new Value.Bare("42.0"))).isEqualTo(Optional.of("42"));
  }

  @Test
  void aChangeIsTheRowAfterItWithOrWithoutItsSchema() {
    Row bare = json("{\"op\": \"c\", \"after\": {\"id\": 7}}");
    Row wrapped = json("{\"schema\": {}, \"payload\": {\"op\": \"u\", \"after\": {\"id\": 7}}}");

    assertThat(Inspection.changed(bare).map(Row::leaves)).contains(List.of("id"));
    assertThat(Inspection.changed(wrapped).map(Row::leaves)).contains(List.of("id"));
    assertThat(Inspection.changed(json("{\"op\": \"d\", \"before\": {\"id\": 7}}"))).isEmpty();
    assertThat(Inspection.changed(json("{\"id\": 7}"))).isEmpty();
  }

  private static Row avro(GenericRecord content) {
    return new AvroRow(content, new AvroFields(content.getSchema()), new Texts());
  }

  private static Row json(String text) {
    return read(RowDecoder.json(), text);
  }

  private static Row read(RowDecoder decoder, String text) {
    return ((Decoded.Read) decoder.decode(text.getBytes(StandardCharsets.UTF_8))).row();
  }
}
