package dev.plumbline.e2e.purity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link MonitorProcess} seen from outside. */
final class Victim implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final CountDownLatch stalled = new CountDownLatch(1);

  private Victim(Process process) {
    this.process = process;
  }

  /** Starts a process; what it logs goes where this process' own does. */
  static Victim start(Orders orders) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MonitorProcess.class.getName());
    command.addAll(orders.toWords());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Victim victim = new Victim(builder.start());
    Thread listener = new Thread(victim::listen, "victim");
    listener.setDaemon(true);
    listener.start();
    return victim;
  }

  /** Waits until the process says that it has stalled. */
  void awaitStall() throws InterruptedException {
    if (!stalled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("expected a process that stalls, alive: " + isAlive());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing is flushed, committed or told to anybody. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(MonitorProcess.STALLED)) {
          stalled.countDown();
        }
      }
    } catch (IOException e) {
      // The process was killed while it was listened to.
    }
  }
}
