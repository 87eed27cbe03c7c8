package dev.plumbline.cli.init;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.mapping.Decoded;
import dev.plumbline.pipeline.mapping.Row;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.monitor.Feed.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KindsTest {

  private static final int FEW = Coded.LEAST_NAMED - 1;
  private static final int MANY = 100;

  @Test
  void onlyWhatManyRecordsHaveIsNamed() {
    List<Event> byField = new ArrayList<>(events(MANY, "{\"kind\": \"decision\", \"a\": 1}", ""));
    byField.addAll(events(FEW, "{\"kind\": \"Miller\", \"b\": 1, \"c\": 1}", ""));
    List<Event> byType = new ArrayList<>(events(MANY, "{\"a\": 1}", "com.acme.Decision"));
    byType.addAll(events(FEW, "{\"a\": 1}", "com.acme.Miller"));

    assertThat(wheres(byField)).containsExactlyInAnyOrder("{kind: decision}", "{kind: CHOOSE}");
    assertThat(wheres(byType))
        .containsExactlyInAnyOrder("{record: com.acme.Decision}", "{record: CHOOSE}");
  }

  private static List<String> wheres(List<Event> events) {
    Sample sample = new Sample("topic", List.of(), List.of(), events.size(), true);
    return Kinds.of(new Input(sample, Format.JSON, false, events, 0)).stream()
        .map(Kinds.Kind::where)
        .toList();
  }

  private static List<Event> events(int count, String json, String type) {
    Decoded decoded = RowDecoder.json().decode(json.getBytes(UTF_8));
    Row row = ((Decoded.Read) decoded).row();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(new Event(new Sighting(0, i, new byte[0], new byte[0], Map.of()), row, type));
    }
    return events;
  }
}
