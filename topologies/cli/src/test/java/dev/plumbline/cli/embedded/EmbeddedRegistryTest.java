package dev.plumbline.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.schemas.Registry;
import dev.plumbline.schemas.RegistryException;
import dev.plumbline.schemas.SchemaAnswer;
import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.schemas.avro.Label;
import dev.plumbline.schemas.avro.Prediction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedRegistryTest {

  private static final Schema ONE_FIELD =
      SchemaBuilder.record("R").fields().requiredString("a").endRecord();
  private static final Schema OPTIONAL_SECOND =
      SchemaBuilder.record("R").fields().requiredString("a").optionalLong("b").endRecord();
  private static final Schema REQUIRED_SECOND =
      SchemaBuilder.record("R").fields().requiredString("a").requiredLong("b").endRecord();

  private EmbeddedRegistry server;
  private Registry registry;

  @BeforeEach
  void start() {
    server = EmbeddedRegistry.start();
    registry = Registry.at(server.url());
  }

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"PREDICTIONS", "LABELS", "METRICS", "ALERTS", "REJECTS", "AUDIT"})
  void aRegisteredSchemaIsFoundByItsIdAndAsTheLatest(Topic topic) {
    Schema schema = topic.schema().orElseThrow();

    int id = registry.register("t", schema);

    try (Registry other = Registry.at(server.url())) {
      assertThat(other.schema(id)).isEqualTo(new SchemaAnswer.Known(schema));
      assertThat(other.latest("t")).contains(schema);
    }
  }

  @Test
  void theSameSchemaKeepsItsId() {
    int id = registry.register("t", ONE_FIELD);

    try (Registry other = Registry.at(server.url())) {
      assertThat(other.register("t", ONE_FIELD)).isEqualTo(id);
      assertThat(other.register("u", ONE_FIELD)).isEqualTo(id);
      assertThat(other.register("t", OPTIONAL_SECOND)).isNotEqualTo(id);
    }
  }

  @Test
  void anIdThatWasNeverGivenIsUnknown() {
    assertThat(registry.schema(4711)).isEqualTo(new SchemaAnswer.Unknown(4711));
    assertThat(registry.latest("t")).isEmpty();
  }

  @Test
  void theNotFoundOfAnotherServerIsNoDefiniteAnswer() {
    try (Registry wrong = Registry.at(server.url() + "/another/path")) {
      assertThat(wrong.schema(1)).isInstanceOf(SchemaAnswer.Unavailable.class);
      assertThatThrownBy(() -> wrong.latest("t")).isInstanceOf(RegistryException.class);
    }
  }

  @Test
  void aStoppedRegistryIsNoDefiniteAnswer() {
    server.close();

    SchemaAnswer answer = registry.schema(1);

    assertThat(answer).isInstanceOf(SchemaAnswer.Unavailable.class);
    assertThat(((SchemaAnswer.Unavailable) answer).problem())
        .contains(server.url())
        .contains("start it, or correct its url");
  }

  @Test
  void schemasOnceReadSurviveTheRegistry() {
    int id = registry.register("t", ONE_FIELD);
    SchemaAnswer before = registry.schema(id);
    server.close();

    assertThat(registry.schema(id)).isEqualTo(before);
  }

  @Test
  void anIncompatibleSchemaIsRefusedWithARemedy() {
    registry.register("t", ONE_FIELD);

    assertThatThrownBy(() -> registry.register("t", REQUIRED_SECOND))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(server.url())
        .hasMessageContaining("t-value and answered 409")
        .hasMessageContaining("write to topics with another prefix")
        .matches(e -> !((RegistryException) e).retriable());
  }

  @Test
  void registeredSubjectsBecomeBackwardCompatible() throws Exception {
    send("PUT", "/config", "{\"compatibility\":\"NONE\"}");

    registry.register("t", ONE_FIELD);

    assertThat(send("GET", "/config/t-value", ""))
        .isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
  }

  @Test
  void aStricterLevelIsLeftAlone() throws Exception {
    send("PUT", "/config/t-value", "{\"compatibility\":\"FULL\"}");

    registry.register("t", ONE_FIELD);

    assertThat(send("GET", "/config/t-value", "")).contains("FULL");
  }

  @Test
  void compatibilityCanBeAskedBeforehand() throws Exception {
    registry.register("t", ONE_FIELD);
    String path = "/compatibility/subjects/t-value/versions/latest";

    assertThat(send("POST", path, request(OPTIONAL_SECOND))).isEqualTo("{\"is_compatible\":true}");
    assertThat(send("POST", path, request(REQUIRED_SECOND))).isEqualTo("{\"is_compatible\":false}");
  }

  @Test
  void subjectsAndVersionsAreListed() throws Exception {
    registry.register("t", ONE_FIELD);
    registry.register("t", OPTIONAL_SECOND);

    assertThat(send("GET", "/subjects", "")).isEqualTo("[\"t-value\"]");
    assertThat(send("GET", "/subjects/t-value/versions", "")).isEqualTo("[1,2]");
    assertThat(send("GET", "/subjects/t-value/versions/1", ""))
        .startsWith("{\"subject\":\"t-value\",\"version\":1,\"id\":1,");
    assertThat(send("POST", "/subjects/t-value", request(OPTIONAL_SECOND)))
        .contains("\"version\":2");
    assertThat(send("GET", "/subjects/t-value/versions/3", "")).contains("40402");
  }

  @Test
  void schemasOfOtherTypesComeWithEverythingTheyReferTo() throws Exception {
    send("POST", "/subjects/sex/versions", other("PROTOBUF", "enum Sex {}", ""));
    send("POST", "/subjects/person/versions", other("PROTOBUF", "message P {}", reference("sex")));
    send("POST", "/subjects/t/versions", other("PROTOBUF", "message T {}", reference("person")));
    send("POST", "/subjects/j-value/versions", other("JSON", "{\\\"title\\\": \\\"J\\\"}", ""));

    assertThat(registry.schema(3))
        .isEqualTo(
            new SchemaAnswer.Text(
                "PROTOBUF",
                "message T {}",
                Map.of("sex.proto", "enum Sex {}", "person.proto", "message P {}")));
    assertThat(registry.schema(4))
        .isEqualTo(new SchemaAnswer.Text("JSON", "{\"title\": \"J\"}", Map.of()));
    assertThat(send("GET", "/subjects/t/versions/1", ""))
        .contains("\"schemaType\":\"PROTOBUF\"")
        .contains("\"references\":[{\"name\":\"person.proto\"");
    assertThat(send("POST", "/subjects/t/versions", other("PROTOBUF", "other text", "")))
        .isEqualTo("{\"id\":5}");
  }

  @Test
  void aReferenceThatIsNotThereIsNoDefiniteAnswer() throws Exception {
    send("POST", "/subjects/t/versions", other("PROTOBUF", "message T {}", reference("none")));

    assertThat(registry.schema(1)).isInstanceOf(SchemaAnswer.Unavailable.class);
  }

  private static String other(String type, String text, String references) {
    return "{\"schemaType\":\"%s\",\"schema\":\"%s\",\"references\":[%s]}"
        .formatted(type, text, references);
  }

  private static String reference(String subject) {
    return "{\"name\":\"%1$s.proto\",\"subject\":\"%1$s\",\"version\":1}".formatted(subject);
  }

  @Test
  void nonsenseIsRefusedWithTheCodesOfTheProtocol() throws Exception {
    assertThat(send("POST", "/subjects/t/versions", "{")).contains("42201");
    assertThat(send("POST", "/subjects/t/versions", "{\"schema\":\"{}\"}")).contains("42201");
    assertThat(send("PUT", "/config", "{\"compatibility\":\"SOME\"}")).contains("42203");
    assertThat(send("GET", "/config/t", "")).contains("40408");
    assertThat(send("GET", "/nowhere", "")).contains("\"error_code\":404");
  }

  @Test
  void recordsTravelFromOneProcessToAnother() {
    Label label = Label.newBuilder().setId("42").setKnown(Instant.EPOCH).setLabel("repaid").build();

    byte[] value = new WireFormat(registry).encode("labels", label);

    try (Registry other = Registry.at(server.url())) {
      WireFormat format = new WireFormat(other);
      assertThat(format.decode(value, Label.class)).isEqualTo(label);
      assertThatThrownBy(() -> format.decode(value, Prediction.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("do not decode");
    }
  }

  private static String request(Schema schema) {
    return "{\"schema\":\"" + schema.toString().replace("\"", "\\\"") + "\"}";
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
