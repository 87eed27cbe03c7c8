package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.mapping.Outcome.event;
import static dev.plumbline.pipeline.mapping.Outcome.rejected;
import static dev.plumbline.pipeline.mapping.Outcome.utf8;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.mapping.Incoming.Headers;
import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.RejectReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectingTest {

  private static final IdHash.Key KEY = new IdHash.Key(1, 2);
  private static final long NOW = 1_767_225_600_000L;
  private static final Schema WANTED = schema("com.acme.Decided");
  private static final Schema OTHER = schema("com.acme.Withdrawn");
  private static final Schema EITHER = Schema.createUnion(WANTED, OTHER);

  private static Schema schema(String name) {
    return SchemaBuilder.record(name).fields().requiredInt("id").requiredInt("hired").endRecord();
  }

  private static GenericRecord record(Schema schema) {
    return new GenericRecordBuilder(schema).set("id", 7).set("hired", 1).build();
  }

  /** A mapping of labels with more keys of the feed. */
  private static Mapping mapping(String keys, String fields, RowDecoder decoder) {
    String text =
        with(
            MINIMAL,
            "labels\n  format: json\n  fields:\n    id: id",
            "labels\n  format: json\n  " + keys + "\n  fields:\n    " + fields);
    return Mapping.ofLabels(monitor(text), KEY, decoder);
  }

  private static Mapped where(String conditions, String json, Headers headers) {
    return mapping("where: " + conditions, "id: id", RowDecoder.json())
        .map(new Incoming(0, NOW, null, utf8(json), headers));
  }

  private static Mapped explode(String json) {
    return mapping("explode: batch.list", "id: [run, item.id]", RowDecoder.json())
        .map(new Incoming(0, NOW, null, utf8(json)));
  }

  private static List<Mapped> elements(Mapped mapped) {
    return ((Mapped.Several) mapped).elements();
  }

  private static IdHash hash(String text) {
    return IdHash.of(KEY, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: decision}|true",
        "{type: [order, decision]}|true",
        "{meta.kind: 2}|true",
        "{meta.final: true}|true",
        "{type: decision, meta.kind: 2}|true",
        "{type: order}|false",
        "{type: decision, meta.kind: 3}|false",
        "{meta: decision}|false",
        "{absent: decision}|false",
        "{record: decision}|false",
      })
  void aRecordIsOfTheFeedIfAllConditionsHold(String conditions, boolean isOfFeed) {
    Mapped mapped =
        where(
            conditions,
            "{\"id\": 1, \"hired\": 1, \"type\": \"decision\","
                + " \"meta\": {\"kind\": 2.0, \"final\": true}}",
            Headers.NONE);

    assertThat(mapped).isInstanceOf(isOfFeed ? Mapped.Admitted.class : Mapped.Filtered.class);
  }

  @Test
  void aHeaderDecidesBeforeTheValueIsRead() {
    Headers other = Map.of("type", utf8("order"))::get;
    Headers wanted = Map.of("type", utf8("decision"))::get;

    assertThat(where("{header: {type: decision}}", "no json", other)).isEqualTo(Mapped.FILTERED);
    assertThat(where("{header: {type: decision}}", "no json", Headers.NONE))
        .isEqualTo(Mapped.FILTERED);
    assertThat(rejected(where("{header: {type: decision}}", "no json", wanted)).reason())
        .isEqualTo(RejectReason.UNDECODABLE);
  }

  @Test
  void recordsOfSeveralTypesShareATopic() {
    SchemaLookup registry = id -> new Answer.Known(List.of(WANTED, OTHER, EITHER).get(id - 1));
    Mapping mapping =
        mapping("where: {record: com.acme.Decided}", "id: id", RowDecoder.avro(registry));

    assertThat(mapping.map(new Incoming(0, NOW, null, AvroBytes.of(1, record(WANTED)))))
        .isInstanceOf(Mapped.Admitted.class);
    assertThat(mapping.map(new Incoming(1, NOW, null, AvroBytes.of(2, record(OTHER)))))
        .isEqualTo(Mapped.FILTERED);
    assertThat(mapping.map(new Incoming(2, NOW, null, AvroBytes.of(3, EITHER, record(WANTED)))))
        .isInstanceOf(Mapped.Admitted.class);
    assertThat(mapping.map(new Incoming(3, NOW, null, AvroBytes.of(3, EITHER, record(OTHER)))))
        .isEqualTo(Mapped.FILTERED);
  }

  @Test
  void everyElementOfAListIsAnEventInItsOrder() {
    List<Mapped> elements =
        elements(
            explode(
                "{\"run\": \"r\", \"hired\": 1, \"batch\": {\"list\":"
                    + " [{\"id\": 2}, {\"id\": 1}, {}, {\"id\": 3}]}}"));

    assertThat(event(elements.get(0)).id()).isEqualTo(hash("1:r1:2"));
    assertThat(event(elements.get(1)).id()).isEqualTo(hash("1:r1:1"));
    assertThat(elements.get(2))
        .isEqualTo(
            new Mapped.Rejected(
                RejectReason.MISSING_FIELD,
                "item 2: item.id: expected a text or a number, was missing"));
    assertThat(event(elements.get(3)).id()).isEqualTo(hash("1:r1:3"));
  }

  @Test
  void elementsMayBeValuesThemselves() {
    Mapped mapped =
        mapping("explode: ids", "id: item", RowDecoder.json())
            .map(new Incoming(0, NOW, null, utf8("{\"hired\": 0, \"ids\": [5, \"6\"]}")));

    assertThat(elements(mapped))
        .extracting(one -> event(one).id())
        .containsExactly(hash("5"), hash("6"));
  }

  @Test
  void elementsOfAvroListsAreReadTheSame() {
    Schema batch =
        SchemaBuilder.record("Batch")
            .fields()
            .name("list")
            .type()
            .array()
            .items(WANTED)
            .noDefault()
            .endRecord();
    GenericRecord record = new GenericData.Record(batch);
    record.put("list", List.of(record(WANTED), record(WANTED)));
    String text =
        with(
            with(
                MINIMAL,
                "id: id\n    label: {field: hired",
                "id: item.id\n    label: {field: item.hired"),
            "labels\n  format: json",
            "labels\n  format: avro\n  explode: list");

    Mapped mapped =
        Mapping.ofLabels(monitor(text), KEY, RowDecoder.avro(id -> new Answer.Known(batch)))
            .map(new Incoming(0, NOW, null, AvroBytes.of(1, record)));

    assertThat(elements(mapped))
        .hasSize(2)
        .extracting(one -> event(one).id())
        .containsOnly(hash("7"));
  }

  @Test
  void conditionsOnElementsChooseAmongThem() {
    String keys = "explode: list\n  where: {kind: batch, item.type: [a, b]}";
    Mapping mapping = mapping(keys, "id: item.id", RowDecoder.json());
    String json =
        "{\"kind\": \"batch\", \"hired\": 1, \"list\": [{\"id\": 1, \"type\": \"b\"}, {\"id\": 2}]}";

    List<Mapped> elements = elements(mapping.map(new Incoming(0, NOW, null, utf8(json))));

    assertThat(event(elements.get(0)).id()).isEqualTo(hash("1"));
    assertThat(elements.get(1)).isEqualTo(Mapped.FILTERED);
    assertThat(mapping.map(new Incoming(1, NOW, null, utf8(json.replace("batch", "x")))))
        .isEqualTo(Mapped.FILTERED);
  }

  @Test
  void anEmptyListIsNoEventAndNoneIsARejection() {
    assertThat(explode("{\"batch\": {\"list\": []}}")).isEqualTo(Mapped.FILTERED);
    assertThat(rejected(explode("{\"batch\": {}}")))
        .isEqualTo(
            new Mapped.Rejected(
                RejectReason.MISSING_FIELD, "batch.list: expected a list, was missing"));
    assertThat(rejected(explode("{\"batch\": {\"list\": {}}}")))
        .isEqualTo(
            new Mapped.Rejected(
                RejectReason.WRONG_TYPE, "batch.list: expected a list, was an object"));
  }

  private static Mapped changed(String json) {
    return mapping("envelope: debezium", "id: [envelope.source.table, id]", RowDecoder.json())
        .map(new Incoming(0, NOW, null, utf8(json)));
  }

  private static String change(String operation) {
    return "{\"op\": \""
        + operation
        + "\", \"before\": null, \"after\": {\"id\": 4, \"hired\": 1},"
        + " \"source\": {\"table\": \"t\"}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "r", "u"})
  void theRowAfterAChangeIsTheEvent(String operation) {
    String change = change(operation);
    String wrapped = "{\"schema\": {\"type\": \"struct\"}, \"payload\": " + change + "}";

    assertThat(event(changed(change)).id()).isEqualTo(hash("1:t1:4"));
    assertThat(event(changed(wrapped)).id()).isEqualTo(hash("1:t1:4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "m"})
  void whatSpeaksOfNoRowIsNoEvent(String operation) {
    assertThat(changed(change(operation))).isEqualTo(Mapped.FILTERED);
  }

  @Test
  void aDeletedLabelIsWithdrawnWhenThatWasSeen() {
    Mapping mapping = mapping("envelope: debezium", "id: id\n    happened: at", RowDecoder.json());
    String json =
        "{\"op\": \"d\", \"ts_ms\": 1767225600007, \"before\": {\"id\": 4, \"at\":"
            + " \"2025-12-01\"}}";

    assertThat(event(mapping.map(new Incoming(0, NOW, null, utf8(json)))))
        .isEqualTo(
            new Label(
                hash("4"),
                1_767_225_600_007L,
                Instant.parse("2025-12-01T00:00:00Z").toEpochMilli(),
                Event.NO_SEQUENCE,
                Label.WITHDRAWN));
  }

  @Test
  void aDeletionThatDoesNotSayOfWhatIsRejected() {
    assertThat(
            rejected(changed("{\"op\": \"d\", \"before\": null, \"source\": {\"table\": \"t\"}}")))
        .isEqualTo(
            new Mapped.Rejected(
                RejectReason.MISSING_FIELD, "id: expected a text or a number, was missing"));
  }

  @Test
  void aDeletedPredictionWasMadeAllTheSame() {
    String text =
        with(
            MINIMAL,
            "predictions\n  format: json",
            "predictions\n  format: json\n  envelope: debezium");

    assertThat(
            Mapping.ofPredictions(monitor(text), 0, KEY, RowDecoder.json())
                .map(new Incoming(0, NOW, null, utf8("{\"op\": \"d\", \"before\": null}"))))
        .isEqualTo(Mapped.FILTERED);
  }

  @Test
  void theTombstoneBehindADeletionIsNoReject() {
    Mapping mapping = mapping("envelope: debezium", "id: id", RowDecoder.json());

    assertThat(mapping.map(new Incoming(0, NOW, null, null))).isEqualTo(Mapped.FILTERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"u\"|\"x\"|UNMAPPED_VALUE|op: expected an operation of Debezium: c, r, u, d, t or m, was",
        "\"op\"|\"po\"|MISSING_FIELD|op: expected a text or a number, was missing",
        "\"after\"|\"aft\"|MISSING_FIELD|after: expected the values of a row, was missing",
      })
  void anEnvelopeThatIsNoneIsRejected(
      String part, String other, RejectReason reason, String detail) {
    Mapped.Rejected rejected = rejected(changed(change("u").replace(part, other)));

    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).startsWith(detail);
  }

  @Test
  void envelopesInAvroAreReadTheSame() {
    Schema envelope =
        SchemaBuilder.record("Envelope")
            .fields()
            .name("after")
            .type()
            .optional()
            .type(WANTED)
            .requiredString("op")
            .endRecord();
    GenericRecord record = new GenericData.Record(envelope);
    record.put("after", record(WANTED));
    record.put("op", "c");
    Mapping mapping =
        mapping("envelope: debezium", "id: id", RowDecoder.avro(id -> new Answer.Known(envelope)));

    Mapped mapped = mapping.map(new Incoming(0, NOW, null, AvroBytes.of(1, record)));

    assertThat(event(mapped).id()).isEqualTo(hash("7"));
  }
}
