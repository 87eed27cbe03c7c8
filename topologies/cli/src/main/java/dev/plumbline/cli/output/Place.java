package dev.plumbline.cli.output;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Reject;
import java.time.Instant;
import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a record stands in its file (FLOW section 5): by arrival pane, key and revision. What is
 * said before the first pane stands at the beginning.
 *
 * @param pane end of the arrival pane, epoch milliseconds
 * @param rank order where the key alone does not tell: the revision, or the offset
 */
record Place(long pane, String key, long rank) implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::pane)
          .thenComparing(Place::key)
          .thenComparingLong(Place::rank);

  static Place of(Published published) {
    SpecificRecord value = published.value();
    if (value instanceof Metrics metrics) {
      return new Place(metrics.getPaneEnd().toEpochMilli(), published.key(), metrics.getRevision());
    }
    if (value instanceof Alert alert) {
      Instant resolved = alert.getResolvedAt();
      Instant said = resolved == null ? alert.getOpenedAt() : resolved;
      return new Place(said.toEpochMilli(), published.key(), alert.getRevision());
    }
    if (value instanceof Reject reject) {
      String partition = reject.getTopic() + "|" + reject.getPartition();
      return new Place(millis(reject.getPane()), partition, reject.getOffset());
    }
    Audit audit = (Audit) value;
    String kind = audit.getEvent().getClass().getSimpleName();
    return new Place(millis(audit.getPaneEnd()), kind, 0);
  }

  private static long millis(@Nullable Instant pane) {
    return pane == null ? Long.MIN_VALUE : pane.toEpochMilli();
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
