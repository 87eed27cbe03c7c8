package dev.plumbline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Books;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

  @Test
  void topicsListEverySchema() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/avro/topics"))) {
      Set<String> written =
          files
              .map(file -> file.getFileName().toString().replace(".avsc", ""))
              .collect(Collectors.toSet());

      assertThat(Stream.of(Topic.values()).flatMap(t -> t.schema().stream()).map(Schema::getName))
          .containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsDeletedByTime(Topic topic) {
    assertThat(topic.settings()).containsEntry("retention.ms", "-1");
  }

  @Test
  void everyRevisionStaysOfWhatOthersRead() {
    assertThat(Topic.values())
        .filteredOn(topic -> !topic.internal())
        .allSatisfy(
            topic ->
                assertThat(topic.settings())
                    .as("%s", topic)
                    .containsEntry("cleanup.policy", "delete"));
    assertThat(Topic.CLOCK.settings()).containsEntry("cleanup.policy", "compact");
  }

  @Test
  void registeredSchemasAreFreeOfMarksForJava() {
    assertThat(Topic.values())
        .extracting(Topic::schema)
        .filteredOn(Optional::isPresent)
        .noneMatch(schema -> schema.toString().contains("avro.java.string"));
  }

  @Test
  void recordsFindTheirTopic() {
    assertThat(Topic.of(Alert.class)).isEqualTo(Topic.ALERTS);
    assertThatThrownBy(() -> Topic.of(Books.class))
        .hasMessage("no topic carries records of dev.plumbline.schemas.avro.Books");
  }

  @Test
  void internalTopicsAreNamedByTheirMonitor() {
    TopicNames names = TopicNames.of("credit-risk");

    assertThat(names.name(Topic.ALERTS)).isEqualTo("plumbline.alerts");
    assertThat(names.name(Topic.CLOCK)).isEqualTo("plumbline.credit-risk.clock");
  }

  @Test
  void illegalNamesAreRefused() {
    assertThatThrownBy(() -> TopicNames.of("credit risk"))
        .hasMessageContaining("monitor must be letters, digits, dots")
        .hasMessageContaining("\"credit risk\"");
    assertThatThrownBy(() -> TopicNames.of("x".repeat(250)))
        .hasMessageContaining("at most 249 characters");
  }

  @Test
  void theReadmeNamesEveryField() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Set<String> fields = new TreeSet<>();
    Stream.of(Topic.values()).flatMap(t -> t.schema().stream()).forEach(s -> collect(s, fields));

    assertThat(fields).hasSizeGreaterThan(100).allMatch(name -> readme.contains("`" + name + "`"));
  }

  @Test
  void everyFieldSaysWhatItIs() {
    Stream.of(Topic.values()).flatMap(t -> t.schema().stream()).forEach(TopicTest::checkDocs);
  }

  private static void checkDocs(Schema schema) {
    switch (schema.getType()) {
      case RECORD ->
          schema
              .getFields()
              .forEach(
                  field -> {
                    assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
                    checkDocs(field.schema());
                  });
      case UNION -> schema.getTypes().forEach(TopicTest::checkDocs);
      case ARRAY -> checkDocs(schema.getElementType());
      default -> {}
    }
  }

  private static void collect(Schema schema, Set<String> fields) {
    switch (schema.getType()) {
      case RECORD ->
          schema
              .getFields()
              .forEach(
                  field -> {
                    fields.add(field.name());
                    collect(field.schema(), fields);
                  });
      case UNION -> schema.getTypes().forEach(type -> collect(type, fields));
      case ARRAY -> collect(schema.getElementType(), fields);
      default -> {}
    }
  }
}
