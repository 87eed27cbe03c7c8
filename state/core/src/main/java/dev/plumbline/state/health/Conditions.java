package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which conditions are open, and what changed since that was last asked. */
final class Conditions {

  /** Opened, and not told yet, so that no time is known. */
  private static final long NOT_TOLD = 0;

  private final Set<Condition> off;
  private final Map<Place, Long> open = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  Conditions(Set<Condition> off) {
    this.off = off;
  }

  private record Place(Condition condition, Where where) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::condition).thenComparing(Place::where);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  boolean isOpen(Condition condition, Where where) {
    return open.containsKey(new Place(condition, where));
  }

  boolean isAnyOpen(Condition condition) {
    return open.keySet().stream().anyMatch(place -> place.condition == condition);
  }

  /** When a condition opened, wall-clock milliseconds; the greatest number if it is not open. */
  long since(Condition condition, Where where) {
    long since = open.getOrDefault(new Place(condition, where), Long.MAX_VALUE);
    return since == NOT_TOLD ? Long.MAX_VALUE : since;
  }

  void open(Condition condition, Where where, Seen seen) {
    if (!off.contains(condition)
        && open.putIfAbsent(new Place(condition, where), NOT_TOLD) == null) {
      changes.add(new Change(condition, where, true, NOT_TOLD, seen));
    }
  }

  void close(Condition condition, Where where, Seen seen) {
    Long since = open.remove(new Place(condition, where));
    if (since != null) {
      changes.add(new Change(condition, where, false, since, seen));
    }
  }

  int size() {
    return open.size();
  }

  /** What changed; it is told at this time. */
  List<Change> take(long now) {
    List<Change> told = new ArrayList<>();
    for (Change change : changes) {
      long since = change.since() == NOT_TOLD ? now : change.since();
      told.add(
          new Change(change.condition(), change.where(), change.isOpen(), since, change.seen()));
    }
    changes.clear();
    open.replaceAll((place, since) -> since == NOT_TOLD ? now : since);
    return told;
  }

  /** Writes what is open; what nobody was told yet goes with it. */
  void write(ByteWriter out) {
    out.unsigned(open.size());
    open.forEach((place, since) -> writePlace(out, place.condition, place.where).fixed(since));
    out.unsigned(changes.size());
    for (Change change : changes) {
      writePlace(out, change.condition(), change.where()).octet(change.isOpen() ? 1 : 0);
      out.fixed(change.since()).signed(change.seen().observed());
      out.signed(change.seen().usual()).signed(change.seen().about());
    }
  }

  private static ByteWriter writePlace(ByteWriter out, Condition condition, Where where) {
    return out.text(condition.name())
        .text(where.model())
        .text(where.topic())
        .signed(where.partition())
        .text(where.attribute());
  }

  void read(ByteReader in) {
    for (int i = in.count(); i > 0; i--) {
      open.put(readPlace(in), in.fixed());
    }
    for (int i = in.count(); i > 0; i--) {
      Place place = readPlace(in);
      boolean isOpen = in.octet() == 1;
      long since = in.fixed();
      Seen seen = new Seen(in.signed(), in.signed(), in.signed());
      changes.add(new Change(place.condition, place.where, isOpen, since, seen));
    }
  }

  private static Place readPlace(ByteReader in) {
    Condition condition = Condition.valueOf(in.text());
    return new Place(condition, new Where(in.text(), in.text(), (int) in.signed(), in.text()));
  }
}
