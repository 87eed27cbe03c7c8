package dev.plumbline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenBytesTest {

  static Stream<String> names() {
    return Samples.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void releasedBytesDecodeToTheValuesTheyWereWrittenFrom(String name) {
    SpecificRecord sample = sample(name);

    for (String version : GoldenFiles.versions(name, sample.getClass())) {
      assertThat(decoded(version, name, sample)).as(version).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void decodedRecordsEncodeToTheReleasedBytes(String name) {
    SpecificRecord sample = sample(name);
    String newest = GoldenFiles.newest(sample.getClass());
    byte[] golden = GoldenFiles.bytes(newest, name, sample);

    assertThat(
            WireFormat.frame(
                WireFormat.schemaId(golden).orElseThrow(), decoded(newest, name, sample)))
        .isEqualTo(golden);
  }

  private static SpecificRecord decoded(String version, String name, SpecificRecord sample) {
    return WireFormat.read(
        GoldenFiles.bytes(version, name, sample),
        GoldenFiles.schema(version, sample.getClass()),
        sample.getClass());
  }

  @Test
  void everySchemaHasGoldenBytes() {
    Set<Topic> sampled =
        Samples.all().values().stream()
            .map(sample -> Topic.of(sample.getClass()))
            .collect(Collectors.toSet());

    assertThat(Topic.values())
        .filteredOn(topic -> topic.schema().isPresent())
        .allMatch(sampled::contains);
  }

  private static SpecificRecord sample(String name) {
    return Objects.requireNonNull(Samples.all().get(name));
  }
}
