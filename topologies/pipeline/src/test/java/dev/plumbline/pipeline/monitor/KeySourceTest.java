package dev.plumbline.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySourceTest {

  @Test
  void theSameSecretIsTheSameKeyWhereverItComesFrom(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "secret\n");

    assertThat(new KeySource.Stored(file).key(Map.of()))
        .isEqualTo(new KeySource.Variable("KEY").key(Map.of("KEY", "secret")))
        .isNotEqualTo(new KeySource.Variable("KEY").key(Map.of("KEY", "other")));
  }

  @Test
  void withoutASecretTheKeyIsThatOfTheMonitorsName() {
    assertThat(new KeySource.Derived("a").key(Map.of()))
        .isEqualTo(new KeySource.Derived("a").key(Map.of()))
        .isNotEqualTo(new KeySource.Derived("b").key(Map.of()));
  }

  @Test
  void aSecretThatIsNotThereStopsWithTheRemedy(@TempDir Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), " \n");

    assertThatThrownBy(() -> new KeySource.Variable("KEY").key(Map.of()))
        .hasMessageContaining("environment variable KEY, was not set; set it");
    assertThatThrownBy(() -> new KeySource.Stored(empty).key(Map.of()))
        .hasMessageContaining("was empty; write one into it");
    assertThatThrownBy(() -> new KeySource.Stored(folder.resolve("absent")).key(Map.of()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("expected a readable file");
  }
}
