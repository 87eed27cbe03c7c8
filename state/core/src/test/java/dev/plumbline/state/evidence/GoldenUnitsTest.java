package dev.plumbline.state.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GoldenUnitsTest {

  private static final double RELATIVE = 1e-9;
  private static final double ABSOLUTE = 1e-12;

  @Test
  void everyBuiltSectionGivesTheUnitValuesOfTheMethod() throws IOException {
    Path file =
        Path.of(
            System.getProperty("shared.dir", "none"), "detection", "bench", "golden_units.json");
    assumeTrue(Files.exists(file), "no golden unit values here");
    JsonNode golden = new ObjectMapper().readTree(file.toFile());
    Map<String, Function<JsonNode, JsonNode>> built = GoldenUnits.sections();
    List<String> wrong = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    int checked = 0;

    for (Map.Entry<String, JsonNode> section : golden.get("sections").properties()) {
      Function<JsonNode, JsonNode> function = built.get(section.getKey());
      if (function == null) {
        missing.add(section.getKey());
        continue;
      }
      int index = 0;
      for (JsonNode one : section.getValue().get("cases")) {
        JsonNode kind = one.get("input").get("kind");
        if (kind == null || kind.textValue().equals("rate")) {
          String place = section.getKey() + "[" + index + "]";
          compare(place, function.apply(one.get("input")), one.get("output"), wrong);
          checked++;
        }
        index++;
      }
    }

    System.out.println(
        "golden units: "
            + checked
            + " cases in "
            + built.size()
            + " sections; not built: "
            + missing);
    assertThat(golden.get("method_version").textValue()).isEqualTo(RateWatch.METHOD_VERSION);
    assertThat(wrong).isEmpty();
    assertThat(golden.get("sections").size()).isEqualTo(built.size() + missing.size());
  }

  private static void compare(String place, JsonNode got, JsonNode want, List<String> wrong) {
    if (want.isObject()) {
      want.properties()
          .forEach(
              field ->
                  compare(
                      place + "." + field.getKey(),
                      got.path(field.getKey()),
                      field.getValue(),
                      wrong));
    } else if (want.isArray()) {
      if (got.size() != want.size()) {
        wrong.add(place + ": expected " + want.size() + " elements, were " + got.size());
      }
      for (int i = 0; i < want.size(); i++) {
        compare(place + "[" + i + "]", got.path(i), want.get(i), wrong);
      }
    } else if (!equal(got, want)) {
      wrong.add(place + ": expected " + want + ", was " + got);
    }
  }

  private static boolean equal(JsonNode got, JsonNode want) {
    if (want.isIntegralNumber() && got.isIntegralNumber()) {
      return got.longValue() == want.longValue();
    }
    if (want.isNumber() && got.isNumber()) {
      double expected = want.doubleValue();
      return Math.abs(got.doubleValue() - expected) <= RELATIVE * Math.abs(expected) + ABSOLUTE;
    }
    return got.equals(want);
  }
}
