package dev.plumbline.testkit;

import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.record.Sampling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Generated records as values of Kafka records, and back. Stands for the user's own format, so it
 * shares nothing with the bytes of states and messages.
 */
public final class RawBytes {

  private static final int PREDICTION = 'p';
  private static final int LABEL = 'l';
  private static final int ATTRIBUTES = 'a';
  private static final int UNMAPPED = 'u';

  private RawBytes() {}

  /** The value of a record; null if that is what was planted. */
  public static byte @Nullable [] of(Raw raw) {
    return raw.fold(
        mapped -> write(out -> write(mapped.event(), out)),
        unmapped ->
            unmapped.reason() == RejectReason.NULL_VALUE
                ? null
                : write(
                    out -> {
                      out.write(UNMAPPED);
                      out.writeUTF(unmapped.reason().name());
                    }));
  }

  /** What a value says: an event, or why it is none. */
  public static <T> T read(
      byte @Nullable [] value, Function<Event, T> mapped, Function<RejectReason, T> unmapped) {
    if (value == null) {
      return unmapped.apply(RejectReason.NULL_VALUE);
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(value));
      int kind = in.read();
      return kind == UNMAPPED
          ? unmapped.apply(RejectReason.valueOf(in.readUTF()))
          : mapped.apply(
              kind == PREDICTION ? prediction(in) : kind == LABEL ? label(in) : attributes(in));
    } catch (IOException e) {
      throw new UncheckedIOException("these bytes are of no generated record", e);
    }
  }

  /** Writes to bytes in memory. */
  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] write(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Event event, DataOutputStream out) throws IOException {
    out.write(
        event instanceof Prediction ? PREDICTION : event instanceof Label ? LABEL : ATTRIBUTES);
    out.writeLong(event.id().high());
    out.writeLong(event.id().low());
    out.writeLong(event.time());
    out.writeLong(event.sequence());
    if (event instanceof Prediction prediction) {
      write(prediction.cell(), out);
      out.writeInt(prediction.decision());
      out.writeInt(prediction.score());
      out.writeInt(prediction.subjects().size());
      for (IdHash subject : prediction.subjects()) {
        out.writeLong(subject.high());
        out.writeLong(subject.low());
      }
    } else if (event instanceof Attributes attributes) {
      out.writeLong(attributes.since());
      out.writeBoolean(attributes.deletes());
      write(attributes.values(), out);
    } else if (event instanceof Label label) {
      out.writeLong(label.happened());
      out.writeInt(label.value());
    }
  }

  private static void write(Cell cell, DataOutputStream out) throws IOException {
    out.writeUTF(cell.model());
    out.writeUTF(cell.version());
    write(cell.values(), out);
    out.writeUTF(cell.sampling().stratum());
    out.writeInt(cell.sampling().acted());
    out.writeBoolean(cell.sampling().awaited());
  }

  private static void write(List<String> values, DataOutputStream out) throws IOException {
    out.writeInt(values.size());
    for (String value : values) {
      out.writeUTF(value);
    }
  }

  private static Prediction prediction(DataInputStream in) throws IOException {
    IdHash id = new IdHash(in.readLong(), in.readLong());
    long time = in.readLong();
    long sequence = in.readLong();
    Cell cell = cell(in);
    int decision = in.readInt();
    int score = in.readInt();
    List<IdHash> subjects = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      subjects.add(new IdHash(in.readLong(), in.readLong()));
    }
    return new Prediction(id, time, sequence, cell, decision, score, subjects);
  }

  private static Attributes attributes(DataInputStream in) throws IOException {
    IdHash subject = new IdHash(in.readLong(), in.readLong());
    long time = in.readLong();
    long sequence = in.readLong();
    return new Attributes(subject, time, sequence, in.readLong(), in.readBoolean(), values(in));
  }

  private static Label label(DataInputStream in) throws IOException {
    IdHash id = new IdHash(in.readLong(), in.readLong());
    long time = in.readLong();
    long sequence = in.readLong();
    return new Label(id, time, in.readLong(), sequence, in.readInt());
  }

  private static Cell cell(DataInputStream in) throws IOException {
    String model = in.readUTF();
    String version = in.readUTF();
    List<String> values = values(in);
    Sampling sampling = new Sampling(in.readUTF(), in.readInt(), in.readBoolean());
    return new Cell(model, version, values, sampling);
  }

  private static List<String> values(DataInputStream in) throws IOException {
    List<String> values = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      values.add(in.readUTF());
    }
    return values;
  }
}
