package dev.plumbline.state.join;

import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Prediction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ids whose pending predictions are about a subject: 16 bytes each, and a few for those that
 * have gone since the list was last written anew. It is not in the changelog, as the pending
 * predictions say it.
 */
final class Dependents {

  /* Of a list: the number of ids, how many predictions have gone since it was written, each id. */
  private static final int START = 2 * Integer.BYTES;
  private static final int ID_BYTES = 2 * Long.BYTES;

  private final PendingLog log;
  private final Pending lists = new Pending();

  Dependents(PendingLog log) {
    this.log = log;
  }

  /** Number of subjects that pending predictions are about. */
  int size() {
    return lists.size();
  }

  /** Notes that a pending record is about its subjects, if it is a prediction. */
  void add(Arrived record) {
    if (record.event() instanceof Prediction prediction) {
      for (IdHash subject : prediction.subjects()) {
        byte[] list = lists.get(subject);
        if (list.length < START + (count(list) + 1) * ID_BYTES) {
          list = list(pending(subject), Math.max(1, count(list)));
          lists.put(subject, list);
        }
        append(list, prediction.id());
      }
    }
  }

  /**
   * Notes that a record is not pending any more. A list is written anew when half of it has gone,
   * so that this costs no more than adding did.
   */
  void remove(Arrived record) {
    if (record.event() instanceof Prediction prediction) {
      for (IdHash subject : prediction.subjects()) {
        byte[] list = lists.get(subject);
        if (list.length > 0) {
          int gone = ByteBuffer.wrap(list).getInt(Integer.BYTES) + 1;
          ByteBuffer.wrap(list).putInt(Integer.BYTES, gone);
          if (2 * gone >= count(list)) {
            rewrite(subject);
          }
        }
      }
    }
  }

  private void rewrite(IdHash subject) {
    List<IdHash> pending = pending(subject);
    if (pending.isEmpty()) {
      lists.remove(subject);
    } else {
      lists.put(subject, list(pending, 0));
    }
  }

  /** The ids whose pending predictions are about a subject, each once. */
  List<IdHash> of(IdHash subject) {
    byte[] list = lists.get(subject);
    Set<IdHash> ids = new LinkedHashSet<>();
    ByteBuffer in = ByteBuffer.wrap(list);
    for (int i = 0; i < count(list); i++) {
      int place = START + i * ID_BYTES;
      ids.add(new IdHash(in.getLong(place), in.getLong(place + Long.BYTES)));
    }
    return List.copyOf(ids);
  }

  private List<IdHash> pending(IdHash subject) {
    List<IdHash> pending = new ArrayList<>();
    for (IdHash id : of(subject)) {
      if (log.get(id).stream().anyMatch(record -> isAbout(record, subject))) {
        pending.add(id);
      }
    }
    return pending;
  }

  /** Whether a record is a prediction about a subject. */
  static boolean isAbout(Arrived record, IdHash subject) {
    return record.event() instanceof Prediction prediction
        && prediction.subjects().contains(subject);
  }

  private static byte[] list(List<IdHash> ids, int room) {
    byte[] list = new byte[START + (ids.size() + room) * ID_BYTES];
    ids.forEach(id -> append(list, id));
    return list;
  }

  private static int count(byte[] list) {
    return list.length == 0 ? 0 : ByteBuffer.wrap(list).getInt();
  }

  private static void append(byte[] list, IdHash id) {
    int count = count(list);
    ByteBuffer out = ByteBuffer.wrap(list);
    int place = START + count * ID_BYTES;
    out.putInt(0, count + 1).putLong(place, id.high()).putLong(place + Long.BYTES, id.low());
  }
}
