package dev.plumbline.cli;

import dev.plumbline.testkit.traffic.Attribute;
import dev.plumbline.testkit.traffic.Behaviour;
import dev.plumbline.testkit.traffic.Fault;
import dev.plumbline.testkit.traffic.Observation;
import dev.plumbline.testkit.traffic.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Four days of recorded traffic of a small classifier, with its monitor file. */
record Recorded(Path folder) {

  private static final String MONITOR =
      """
      monitor: small
      task: binary
      models: [m]
      outcome:
        positive: {label: bad, decision: decline}
        favourable_decision: approve
      predictions:
        topic: small.predictions
        format: csv
        columns: [id, at, score, action, sex, note]
        fields:
          id: id
          time: at
          model: {constant: m}
          score: {field: score, range: [0, 1], high_means: %s}
          decision: {field: action, map: {D: decline, A: approve}}
          attributes: {sex: sex}
      labels:
        topic: small.labels
        format: csv
        columns: [id, at, status]
        fields:
          id: id
          known: at
          label: {field: status, map: {B: bad, G: good}}
        horizon: 2d
        late_by: 1h
      subgroups: {attributes: [sex], publish_min: 1, cap: 4}
      windows: {pane: 1h, sizes: [1d, all], advance: 1d, recall: 1h}
      reference: {from: 2026-01-01, to: 2026-01-04}
      watches:
        - performance: {metrics: [tpr, selection]}
      shards: 2
      """;

  static Recorded in(Path folder) throws IOException {
    Recorded recorded = new Recorded(folder);
    Files.writeString(recorded.monitor(), MONITOR.formatted("bad"));
    List<String> predictions = new ArrayList<>(List.of("id,at,score,action,sex,note"));
    List<String> labels = new ArrayList<>(List.of("at,id,status"));
    for (Observation seen : traffic()) {
      Instant at = Instant.ofEpochMilli(seen.time());
      seen.fold(
          scored ->
              predictions.add(
                  String.format(
                      Locale.ROOT,
                      "%s,%s,%.6f,%s,%s,\"two\nlines, \"\"quoted\"\"\"",
                      scored.id(),
                      at,
                      scored.score() / 1e6,
                      scored.decision() == 1 ? "D" : "A",
                      scored.values().get(0))),
          known -> labels.add(at + "," + known.id() + "," + (known.value() == 1 ? "B" : "G")));
    }
    predictions.add("t1,2026-01-01T00:00:00Z,7,D,F,score out of range");
    Files.writeString(recorded.predictions(), String.join("\r\n", predictions) + "\r\n");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(recorded.labels())),
            StandardCharsets.UTF_8)) {
      out.write('\ufeff' + String.join("\n", labels));
    }
    return recorded;
  }

  private static Traffic traffic() {
    return new Traffic(
        7,
        Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(),
        4,
        200,
        List.of(Attribute.even("sex", "F", "M")),
        Behaviour.steady(),
        List.of(Fault.from(3, Fault.Kind.SELECTION_DRIFT, Map.of("sex", "F"), 0.4)));
  }

  Path monitor() {
    return folder.resolve("small.yaml");
  }

  /** A monitor file that says that a high score speaks for the other class. */
  Path swapped() throws IOException {
    return Files.writeString(folder.resolve("swapped.yaml"), MONITOR.formatted("good"));
  }

  /** The same where predictions have their ids as record keys, and labels in a header. */
  Path keyed() throws IOException {
    String rows = Files.readString(predictions());
    Files.writeString(predictions(), rows.replaceFirst("id", "kafka_key"));
    String text;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(labels()))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Files.writeString(labels(), text.replaceFirst("id", "kafka_header.ref"));
    String monitor =
        MONITOR
            .formatted("bad")
            .replaceFirst("    id: id", "    id: {key: text}")
            .replaceFirst("    id: id", "    id: {header: ref}")
            .replaceFirst("columns: \\[id, at, score", "columns: [kafka_key, at, score");
    return Files.writeString(folder.resolve("keyed.yaml"), monitor);
  }

  /** The same where the sex of every second case is in a file of people, a day before the rest. */
  Path elsewhere() throws IOException {
    List<String> people = new ArrayList<>(List.of("person,at,sex"));
    int row = 0;
    for (String line : Files.readString(predictions()).split("\r\n", -1)) {
      String[] cells = line.split(",", -1);
      if (row++ % 2 == 1 && cells.length > 4) {
        people.add(cells[0] + ",2025-12-31T00:00:00Z," + cells[4]);
      }
    }
    Files.writeString(people(), String.join("\n", people));
    String monitor =
        MONITOR
            .formatted("bad")
            .replace("attributes: {sex: sex}", "subjects: {person: id}")
            .replace(
                "subgroups:",
                """
                attributes:
                  - subject: person
                    topic: small.people
                    format: csv
                    columns: [person, at, sex]
                    fields: {id: person, known: at, attributes: {sex: sex}}
                subgroups:""");
    return Files.writeString(folder.resolve("elsewhere.yaml"), monitor);
  }

  Path people() {
    return folder.resolve("people.csv");
  }

  Path predictions() {
    return folder.resolve("predictions.csv");
  }

  Path labels() {
    return folder.resolve("labels.csv.gz");
  }

  /** Replays into a folder of this name. */
  Shell replay(Path monitor, String name, String engine) {
    return Shell.run(
        "replay",
        "--monitor",
        monitor,
        "--predictions",
        predictions(),
        "--labels",
        labels(),
        "--output",
        output(name),
        "--engine",
        engine);
  }

  Path output(String name) {
    return folder.resolve(name);
  }
}
