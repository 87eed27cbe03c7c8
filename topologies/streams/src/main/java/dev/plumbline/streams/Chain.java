package dev.plumbline.streams;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one partition and not yet given to all who follow it: batches without a gap
 * between them. Whoever stands at a place in it gets what comes next, and nothing else. Not safe
 * for several threads.
 */
final class Chain {

  /** A record costs about so much beside its bytes. */
  private static final int RECORD_BYTES = 128;

  /** Whoever stands further ahead would wait while history is read for others. */
  private static final long MOST_AHEAD = 10_000;

  private final TreeMap<Long, Batch> batches = new TreeMap<>();
  private final Map<Object, Long> followers = new HashMap<>();
  private long end;
  private long lag = InputPositions.NONE;
  private long bytes;

  /** Nothing was read yet, from an offset on. */
  Chain(long begin) {
    this.end = begin;
  }

  /**
   * What one poll brought.
   *
   * @param from offset of the first record that it may hold
   * @param next where the reading goes on, beyond what readers of committed records do not see
   */
  private record Batch(
      long from,
      List<ConsumerRecord<byte[], byte[]>> records,
      OffsetAndMetadata next,
      long bytes) {}

  /**
   * What a follower gets.
   *
   * @param next where it stands then
   * @param isAtEnd whether that is the end for committed readers
   * @param lag records behind that place, or {@link InputPositions#NONE} where that is not known
   */
  record Given(
      List<ConsumerRecord<byte[], byte[]>> records,
      OffsetAndMetadata next,
      boolean isAtEnd,
      long lag) {}

  /** Follows from a position on; false if what comes there has gone, or comes much later. */
  boolean join(Object follower, long position) {
    boolean isThere = position >= start() && position <= end + MOST_AHEAD;
    if (isThere) {
      followers.put(follower, position);
    }
    return isThere;
  }

  void leave(Object follower) {
    followers.remove(follower);
    forgetGiven();
  }

  boolean isFollowed() {
    return !followers.isEmpty();
  }

  /** Where the reading goes on. */
  long end() {
    return end;
  }

  /** Bytes that are held. */
  long bytes() {
    return bytes;
  }

  private long start() {
    return batches.isEmpty() ? end : batches.firstKey();
  }

  /** Adds what a poll brought, and how many records lie behind it as far as that is known. */
  void add(
      List<ConsumerRecord<byte[], byte[]>> records, @Nullable OffsetAndMetadata next, long behind) {
    if (next != null) {
      long size = 0;
      for (ConsumerRecord<byte[], byte[]> record : records) {
        size +=
            RECORD_BYTES
                + Math.max(0, record.serializedKeySize())
                + Math.max(0, record.serializedValueSize());
      }
      batches.put(end, new Batch(end, records, next, size));
      bytes += size;
      end = next.offset();
    }
    lag = behind;
    forgetGiven();
  }

  /** Whether there is something for a follower, or it must know that it follows no more. */
  boolean hasNews(Object follower) {
    Long position = followers.get(follower);
    return position == null || position < end;
  }

  /** Gives a follower at most so many records; nothing if it follows no more. */
  Optional<Given> take(Object follower, int most) {
    Long stands = followers.get(follower);
    if (stands == null) {
      return Optional.empty();
    }
    OffsetAndMetadata next = new OffsetAndMetadata(stands);
    List<ConsumerRecord<byte[], byte[]>> given = new ArrayList<>();
    while (given.size() < most && next.offset() < end) {
      Map.Entry<Long, Batch> entry = batches.floorEntry(next.offset());
      if (entry == null || entry.getValue().next.offset() <= next.offset()) {
        throw new IllegalStateException("a gap at " + next.offset() + " of what was read");
      }
      next = give(entry.getValue(), next.offset(), given, most);
    }
    followers.put(follower, next.offset());
    forgetGiven();
    boolean isAtEnd = next.offset() == end && lag == 0;
    boolean isKnown = lag >= 0 && next.offset() <= end;
    return Optional.of(
        new Given(given, next, isAtEnd, isKnown ? end - next.offset() + lag : InputPositions.NONE));
  }

  private static OffsetAndMetadata give(
      Batch batch, long from, List<ConsumerRecord<byte[], byte[]>> given, int most) {
    for (ConsumerRecord<byte[], byte[]> record : batch.records) {
      if (record.offset() >= from) {
        if (given.size() == most) {
          ConsumerRecord<byte[], byte[]> last = given.get(most - 1);
          return new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), "");
        }
        given.add(record);
      }
    }
    return batch.next;
  }

  /** Lets go what is too much; whoever has not come so far follows no more. */
  void shrink(long most) {
    while (bytes > most && !batches.isEmpty()) {
      bytes -= batches.pollFirstEntry().getValue().bytes;
    }
    followers.values().removeIf(position -> position < start());
  }

  private void forgetGiven() {
    long needed = followers.isEmpty() ? end : Collections.min(followers.values());
    while (!batches.isEmpty() && batches.firstEntry().getValue().next.offset() <= needed) {
      bytes -= batches.pollFirstEntry().getValue().bytes;
    }
  }
}
