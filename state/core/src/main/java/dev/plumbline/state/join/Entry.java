package dev.plumbline.state.join;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import dev.plumbline.state.wire.Numbering;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of a pending entry: all live records of one id, in reading order.
 *
 * <p>A record is: flags (kind, sequence, class or withdrawal), partition, time, arrival and offset,
 * then the cell number, score and subjects of a prediction or the time of happening of a label.
 * Times after the first are differences, so that a prediction with its label takes about 30 bytes
 * beside the 16 of the key.
 */
final class Entry {

  private static final int IS_LABEL = 1;
  private static final int HAS_SEQUENCE = 2;
  private static final int HAS_SUBJECTS = 4;
  private static final int CLASS_SHIFT = 3;

  private Entry() {}

  static byte[] encode(List<Arrived> records, Numbering<Cell> cells, ByteWriter out) {
    out.clear();
    long before = 0;
    for (Arrived arrived : records) {
      write(arrived, before, cells, out);
      before = arrived.event().time();
    }
    return out.toBytes();
  }

  /** An entry of records, whose bytes are given, with one more. */
  static byte[] append(
      byte[] entry, List<Arrived> records, Arrived added, Numbering<Cell> cells, ByteWriter out) {
    out.clear();
    write(added, records.get(records.size() - 1).event().time(), cells, out);
    return out.toBytesAfter(entry);
  }

  private static void write(Arrived arrived, long before, Numbering<Cell> cells, ByteWriter out) {
    Event event = arrived.event();
    int code =
        event instanceof Label label
            ? label.value() - Label.WITHDRAWN
            : ((Prediction) event).decision();
    int flags = code << CLASS_SHIFT;
    flags |= event instanceof Label ? IS_LABEL : 0;
    flags |= event.sequence() == Event.NO_SEQUENCE ? 0 : HAS_SEQUENCE;
    flags |= event instanceof Prediction of && !of.subjects().isEmpty() ? HAS_SUBJECTS : 0;
    out.unsigned(flags).unsigned(arrived.partition()).signed(event.time() - before);
    out.unsigned(arrived.arrival() - event.time()).unsigned(arrived.offset());
    if (event.sequence() != Event.NO_SEQUENCE) {
      out.signed(event.sequence());
    }
    if (event instanceof Prediction prediction) {
      out.unsigned(cells.number(prediction.cell())).signed(prediction.score());
      if (!prediction.subjects().isEmpty()) {
        out.unsigned(prediction.subjects().size());
        prediction.subjects().forEach(subject -> out.fixed(subject.high()).fixed(subject.low()));
      }
    } else if (event instanceof Label label) {
      out.signed(label.time() - label.happened());
    }
  }

  static List<Arrived> decode(IdHash id, byte[] bytes, Numbering<Cell> cells) {
    List<Arrived> records = new ArrayList<>(2);
    ByteReader in = new ByteReader(bytes);
    long before = 0;
    while (in.hasMore()) {
      int flags = in.count();
      int partition = in.count();
      long time = in.signed() + before;
      long arrival = in.unsigned() + time;
      long offset = in.unsigned();
      long sequence = (flags & HAS_SEQUENCE) == 0 ? Event.NO_SEQUENCE : in.signed();
      int code = flags >>> CLASS_SHIFT;
      Event event =
          (flags & IS_LABEL) == 0
              ? new Prediction(
                  id,
                  time,
                  sequence,
                  cells.value(in.count()),
                  code,
                  (int) in.signed(),
                  (flags & HAS_SUBJECTS) == 0 ? List.of() : subjects(in))
              : new Label(id, time, time - in.signed(), sequence, code + Label.WITHDRAWN);
      records.add(new Arrived(partition, offset, arrival, event));
      before = time;
    }
    return records;
  }

  private static List<IdHash> subjects(ByteReader in) {
    List<IdHash> subjects = new ArrayList<>();
    for (int i = in.count(); i > 0; i--) {
      subjects.add(new IdHash(in.fixed(), in.fixed()));
    }
    return subjects;
  }
}
