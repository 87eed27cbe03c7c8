package dev.plumbline.cli.fleet;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorDirectory;
import dev.plumbline.pipeline.monitor.MonitorFile.Invalid;
import dev.plumbline.pipeline.monitor.MonitorFile.Reading;
import dev.plumbline.pipeline.monitor.MonitorFile.Valid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The monitors of a directory, each by itself: a file that comes starts one, a file that goes stops
 * one, and a change stops one and starts it anew. A file that is wrong is told about and changes
 * nothing: what ran goes on. A monitor that fails is tried again, after longer and longer pauses,
 * and no other is touched by it.
 *
 * <p>A change counts when two looks have seen the directory alike, as files are not written at
 * once.
 */
public final class Fleet implements AutoCloseable {

  private static final int MOST_BEGINNING = 4;

  private final Path directory;
  private final Function<Monitor, Running> starter;
  private final Consumer<String> said;
  private final LongSupplier clock;
  private final Map<String, Seat> seats = new TreeMap<>();
  private final Map<Path, String> complaints = new HashMap<>();
  private String before = "";
  private String followed = "";
  private String unreadable = "";
  private boolean isClosed;

  /**
   * A fleet that has not looked yet.
   *
   * @param starter starts a monitor; what it throws is why it could not
   * @param said hears one message at a time, for people
   * @param clock milliseconds
   */
  public Fleet(
      Path directory,
      Function<Monitor, Running> starter,
      Consumer<String> said,
      LongSupplier clock) {
    this.directory = directory;
    this.starter = starter;
    this.said = said;
    this.clock = clock;
  }

  /** Looks at the directory and at what runs, and does what is to be done. */
  public synchronized void look() {
    if (isClosed) {
      return;
    }
    try {
      String now = MonitorDirectory.fingerprint(directory);
      boolean isSettled = before.isEmpty() || before.equals(now);
      before = now;
      if (isSettled && !now.equals(followed)) {
        Set<Path> settled = seats.values().stream().map(Seat::file).collect(Collectors.toSet());
        follow(MonitorDirectory.read(directory, settled).files());
        followed = now;
      }
      unreadable = "";
    } catch (IOException away) {
      if (!unreadable.equals(away.toString())) {
        unreadable = away.toString();
        said.accept(directory + " cannot be read, so nothing changes: " + away);
      }
    }
    seats.values().forEach(this::noticeEnd);
    seats.values().forEach(this::startInTurn);
  }

  /** How many monitors run. */
  public synchronized long size() {
    return seats.values().stream().filter(seat -> seat.running() != null).count();
  }

  /** Whether it was told to stop. */
  public synchronized boolean isClosed() {
    return isClosed;
  }

  private void follow(Map<Path, Reading> files) {
    Map<String, Monitor> wanted = new TreeMap<>();
    files.forEach(
        (file, reading) -> {
          complain(file, reading);
          if (reading instanceof Valid valid) {
            wanted.put(valid.monitor().name(), valid.monitor());
          }
        });
    complaints.keySet().retainAll(files.keySet());
    stop(
        seats.values().stream()
            .filter(seat -> !wanted.containsKey(seat.monitor().name()))
            .filter(seat -> !(files.get(seat.file()) instanceof Invalid))
            .toList());
    wanted.values().forEach(this::seat);
  }

  private void stop(List<Seat> leaving) {
    close(leaving);
    for (Seat seat : leaving) {
      seats.remove(seat.monitor().name());
      said.accept(seat.monitor().name() + ": stopped, as its file is gone; its state stays");
    }
  }

  private void seat(Monitor monitor) {
    Seat seat = seats.computeIfAbsent(monitor.name(), name -> new Seat(monitor));
    boolean isTheSame = seat.monitor().digest().equals(monitor.digest());
    if (!isTheSame) {
      close(List.of(seat));
      said.accept(monitor.name() + ": stopped, as its file has changed");
    }
    seat.take(monitor, isTheSame);
  }

  private void complain(Path file, Reading reading) {
    String text = reading.fold(valid -> "", Invalid::text);
    if (!text.equals(complaints.getOrDefault(file, ""))) {
      complaints.put(file, text);
      if (!text.isEmpty()) {
        String goesOn =
            seats.values().stream()
                .filter(seat -> seat.file().equals(file))
                .map(seat -> "; " + seat.monitor().name() + " goes on as it was")
                .collect(Collectors.joining());
        said.accept(file.getFileName() + ": not taken" + goesOn + System.lineSeparator() + text);
      }
    }
  }

  private void noticeEnd(Seat seat) {
    Running running = seat.running();
    if (running != null && running.hasStopped()) {
      String why = running.problem().map(Fleet::root).orElse("it was told to");
      close(List.of(seat));
      seat.failed(clock.getAsLong());
      tellPause(seat, "stopped; nothing was skipped: " + why);
    }
  }

  /** Few begin at a time: joining groups and reading states again costs much more than watching. */
  private void startInTurn(Seat seat) {
    boolean isTurn = seats.values().stream().filter(Seat::isBeginning).count() < MOST_BEGINNING;
    if (isTurn && seat.isDue(clock.getAsLong())) {
      start(seat);
    }
  }

  private void start(Seat seat) {
    try {
      seat.started(starter.apply(seat.monitor()), clock.getAsLong());
      said.accept(seat.monitor().name() + ": started");
    } catch (RuntimeException refused) { // Whatever keeps one from starting, others must run.
      seat.failed(clock.getAsLong());
      tellPause(seat, "not started: " + root(refused));
    }
  }

  private void tellPause(Seat seat, String what) {
    said.accept(
        "%s: %s; it is tried again in %d s"
            .formatted(seat.monitor().name(), what, seat.pauseMillis() / 1_000));
  }

  private static String root(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null && !(root instanceof Failure)) {
      root = root.getCause();
    }
    return root instanceof Failure
        ? String.valueOf(root.getMessage())
        : root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  /** Stops several at once, as each takes seconds. */
  private static void close(Collection<Seat> leaving) {
    List<Thread> closers = new ArrayList<>();
    for (Seat seat : leaving) {
      Running running = seat.running();
      if (running != null) {
        Thread closer = new Thread(running::close, "stop " + seat.monitor().name());
        closer.start();
        closers.add(closer);
      }
    }
    boolean wasInterrupted = false;
    for (Thread closer : closers) {
      while (closer.isAlive()) {
        try {
          closer.join();
        } catch (InterruptedException interrupt) {
          wasInterrupted = true;
        }
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops all. */
  @Override
  public synchronized void close() {
    isClosed = true;
    close(seats.values());
    seats.clear();
  }
}
