package dev.plumbline.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Our reading of monitor.schema.json is that of a full JSON Schema validator. */
class SchemaAgreementTest {

  private static final JsonSchema FULL =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Shape.schema());

  private static boolean weSayRight(String text) {
    Problems problems = new Problems();
    TreeParser.parse(text, "", problems).ifPresent(tree -> Shape.check(tree, problems));
    return problems.isEmpty();
  }

  private static boolean theySayRight(String text) {
    return TreeParser.parse(text, "", new Problems())
        .map(tree -> FULL.validate(json(tree)).isEmpty())
        .orElse(false);
  }

  private static JsonNode json(Tree tree) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (tree instanceof Tree.Mapping mapping) {
      ObjectNode object = nodes.objectNode();
      mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
      return object;
    }
    if (tree instanceof Tree.Sequence sequence) {
      ArrayNode array = nodes.arrayNode();
      sequence.items().forEach(item -> array.add(json(item)));
      return array;
    }
    Tree.Scalar scalar = (Tree.Scalar) tree;
    return switch (scalar.type()) {
      case TEXT -> nodes.textNode(scalar.text());
      case TRUTH -> nodes.booleanNode(Boolean.parseBoolean(scalar.text()));
      case NULL -> nodes.nullNode();
      case INTEGER -> nodes.numberNode(Long.parseLong(scalar.text()));
      case REAL -> nodes.numberNode(new BigDecimal(scalar.text()));
    };
  }

  private static List<String> examples() throws IOException {
    List<String> examples =
        new ArrayList<>(List.of(Examples.CREDIT, Examples.MINIMAL, Examples.TEN_PROBLEMS));
    for (Path file : Examples.SHIPPED) {
      examples.add(Files.readString(file));
    }
    return examples;
  }

  @Test
  void onAllExamples() throws IOException {
    for (String example : examples()) {
      assertThat(weSayRight(example)).isEqualTo(theySayRight(example));
    }
    assertThat(weSayRight(Examples.CREDIT)).isTrue();
    assertThat(weSayRight(Examples.TEN_PROBLEMS)).isFalse();
  }

  /* Lines removed, values replaced: about half of the results are wrong, in every place. */
  @Test
  void onSeededMutationsOfThem() throws IOException {
    String[] values = {"x", "7", "0.5", "true", "[a]", "{a: b}", "1d", "''", "-3", "binary"};
    SplittableRandom random = new SplittableRandom(20260101);
    int right = 0;
    int wrong = 0;
    for (String example : examples()) {
      for (int round = 0; round < 120; round++) {
        String mutant = mutant(example, values[random.nextInt(values.length)], random);
        boolean ours = weSayRight(mutant);
        right += ours ? 1 : 0;
        wrong += ours ? 0 : 1;
        if (TreeParser.parse(mutant, "", new Problems()).isPresent() && !mutant.contains("!!")) {
          assertThat(ours).as(mutant).isEqualTo(theySayRight(mutant) && !hasDoubles(mutant));
        }
      }
    }
    assertThat(right).isGreaterThan(50);
    assertThat(wrong).isGreaterThan(50);
  }

  private static boolean hasDoubles(String text) {
    Problems problems = new Problems();
    TreeParser.parse(text, "", problems);
    return !problems.isEmpty();
  }

  private static String mutant(String text, String value, SplittableRandom random) {
    String[] parts = text.split("(?<=[:,\\[{\\]}\n])", -1);
    int chosen = random.nextInt(parts.length);
    boolean ends = parts[chosen].matches("(?s).*[,\\]}\n]");
    if (ends && parts[chosen].length() > 1) {
      String end = parts[chosen].substring(parts[chosen].length() - 1);
      parts[chosen] = " " + value + end;
    } else {
      parts[chosen] = parts[chosen].replaceFirst("[a-z]", "q");
    }
    return String.join("", parts);
  }

  @Test
  void theSchemaIsItselfValid() throws IOException {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));

    assertThat(meta.validate(new ObjectMapper().valueToTree(Shape.schema()))).isEmpty();
  }
}
