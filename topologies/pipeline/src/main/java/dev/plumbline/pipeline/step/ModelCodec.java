package dev.plumbline.pipeline.step;

import dev.plumbline.alerts.Alert;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.cube.Cube;
import dev.plumbline.state.cube.Cube.CellKey;
import dev.plumbline.state.cube.Tally;
import dev.plumbline.state.evidence.Direction;
import dev.plumbline.state.evidence.Effect;
import dev.plumbline.state.evidence.Finding.Opened;
import dev.plumbline.state.evidence.Finding.Strength;
import dev.plumbline.state.evidence.Interval;
import dev.plumbline.state.evidence.RateMetric;
import dev.plumbline.state.evidence.RateWatch;
import dev.plumbline.state.evidence.Sample;
import dev.plumbline.state.evidence.SeriesName;
import dev.plumbline.state.evidence.Subgroup;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bytes of what a merge holds of a model and cannot make again from deltas. */
final class ModelCodec {

  /** First byte of everything that a merge remembers. */
  static final int FORMAT = 0xB6;

  private ModelCodec() {}

  /** Refuses the state of another build. */
  static void requireFormat(ByteReader in) {
    int format = in.octet();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "merge state of format "
              + format
              + ", this build reads "
              + FORMAT
              + "; start a new generation, which reads the inputs again");
    }
  }

  /** Values that are folded, cells of the reference, and totals of forgotten blocks. */
  static byte[] writeTotals(ModelMerge model) {
    ByteWriter out = new ByteWriter().octet(FORMAT);
    model.folding().write(out);
    Optional<List<List<String>>> reference = model.counts().referenceCells();
    out.octet(reference.isPresent() ? 1 : 0);
    reference.ifPresent(
        cells -> {
          out.unsigned(cells.size());
          cells.forEach(values -> writeValues(values, out));
        });
    for (Cube cube : List.of(model.labelFree(), model.labelled())) {
      out.fixed(cube.forgottenBefore()).unsigned(cube.total().size());
      cube.total()
          .forEach(
              (cell, tally) -> {
                writeValues(cell.values(), out.text(cell.version()));
                out.sampling(cell.sampling());
                tally.write(out);
              });
    }
    return out.toBytes();
  }

  static void readTotals(ModelMerge model, Flow flow, ByteReader in) {
    requireFormat(in);
    model.folding().read(in);
    if (in.octet() == 1) {
      List<List<String>> cells = new ArrayList<>();
      for (int i = in.count(); i > 0; i--) {
        cells.add(readValues(in));
      }
      model.counts().restoreReferenceCells(cells);
    }
    for (Cube cube : List.of(model.labelFree(), model.labelled())) {
      long forgotten = in.fixed();
      Map<CellKey, Tally> totals = new TreeMap<>();
      for (int i = in.count(); i > 0; i--) {
        CellKey cell = new CellKey(in.text(), readValues(in), in.sampling());
        totals.put(cell, Tally.read(flow.cube().shape(), in));
      }
      cube.restoreTotal(forgotten, totals);
    }
  }

  private static void writeValues(List<String> values, ByteWriter out) {
    out.unsigned(values.size());
    values.forEach(out::text);
  }

  private static List<String> readValues(ByteReader in) {
    List<String> values = new ArrayList<>();
    for (int i = in.count(); i > 0; i--) {
      values.add(in.text());
    }
    return values;
  }

  /** Revisions, evidence and open alerts. */
  static byte[] writeWatch(ModelMerge model) {
    ByteWriter out = new ByteWriter().octet(FORMAT);
    for (Cube cube : List.of(model.labelFree(), model.labelled())) {
      out.unsigned(cube.revisionsOfAll().size());
      cube.revisionsOfAll().forEach((name, revision) -> out.text(name).unsigned(revision));
    }
    out.octet(model.watch().isPresent() ? 1 : 0);
    model.watch().ifPresent(watch -> writeWatch(model, watch, out));
    out.unsigned(model.alerts().alerts().size());
    for (Alert alert : model.alerts().alerts().values()) {
      writeOpened(alert.opened(), out);
    }
    return out.toBytes();
  }

  static void readWatch(ModelMerge model, ByteReader in) {
    requireFormat(in);
    for (Cube cube : List.of(model.labelFree(), model.labelled())) {
      Map<String, Integer> revisions = new TreeMap<>();
      for (int i = in.count(); i > 0; i--) {
        revisions.put(in.text(), in.count());
      }
      cube.restoreRevisionsOfAll(revisions);
    }
    if (in.octet() == 1) {
      readEvidence(model, in);
    }
    for (int i = in.count(); i > 0; i--) {
      model.alerts().restore(readOpened(in));
    }
  }

  private static void writeWatch(ModelMerge model, RateWatch watch, ByteWriter out) {
    ReferenceCheck.Size size = model.reference();
    out.unsigned(size.predictions()).unsigned(size.labels()).text(size.fingerprint());
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      watch.write(new DataOutputStream(bytes));
      out.bytes(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  private static void readEvidence(ModelMerge model, ByteReader in) {
    ReferenceCheck.Size size = new ReferenceCheck.Size(in.unsigned(), in.unsigned(), in.text());
    try {
      DataInputStream bytes = new DataInputStream(new ByteArrayInputStream(in.bytes()));
      RateWatch watch = RateWatch.read(model.settings(), bytes, model.counts());
      model.restoreWatch(watch, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  static void writeOpened(Opened opened, ByteWriter out) {
    Subgroup subgroup = opened.series().subgroup();
    out.text(opened.series().metric().name()).text(subgroup.name());
    out.unsigned(subgroup.attributes()).fixed(opened.pane()).text(opened.direction().name());
    Strength strength = opened.strength();
    writeDoubles(out, strength.logS(), strength.logThreshold(), strength.weight(), strength.phi());
    Effect effect = opened.effect();
    out.fixed(opened.changePane());
    out.unsigned(effect.now().trials()).unsigned(effect.now().successes());
    writeDoubles(out, effect.interval().low(), effect.interval().high(), effect.expected());
    writeDoubles(out, effect.difference().low(), effect.difference().high(), opened.severity());
    out.unsigned(opened.eventsUsed()).unsigned(opened.referenceSize());
    out.unsigned(opened.complement().trials()).unsigned(opened.complement().successes());
  }

  static Opened readOpened(ByteReader in) {
    RateMetric metric = RateMetric.valueOf(in.text());
    SeriesName series = new SeriesName(metric, new Subgroup(in.text(), in.count()));
    long pane = in.fixed();
    Direction direction = Direction.valueOf(in.text());
    Strength strength =
        new Strength(readDouble(in), readDouble(in), readDouble(in), readDouble(in));
    long changePane = in.fixed();
    Sample now = new Sample(in.unsigned(), in.unsigned());
    Interval interval = new Interval(readDouble(in), readDouble(in));
    double expected = readDouble(in);
    Interval difference = new Interval(readDouble(in), readDouble(in));
    double severity = readDouble(in);
    return new Opened(
        series,
        pane,
        direction,
        strength,
        changePane,
        new Effect(now, interval, expected, difference),
        severity,
        in.unsigned(),
        in.unsigned(),
        new Sample(in.unsigned(), in.unsigned()));
  }

  private static void writeDoubles(ByteWriter out, double... values) {
    for (double value : values) {
      out.fixed(Double.doubleToRawLongBits(value));
    }
  }

  private static double readDouble(ByteReader in) {
    return Double.longBitsToDouble(in.fixed());
  }
}
