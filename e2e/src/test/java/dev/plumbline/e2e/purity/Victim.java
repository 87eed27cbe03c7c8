package dev.plumbline.e2e.purity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link MonitorProcess} seen from outside. */
final class Victim implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

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
    await(MonitorProcess.STALLED);
  }

  /** Waits until the process says that it works, from now on. */
  void awaitWork() throws InterruptedException {
    news.clear();
    await(MonitorProcess.WORKS);
  }

  /** Tells the process to stall, and waits until it has. */
  void stall() throws IOException, InterruptedException {
    tell(MonitorProcess.STALL);
    awaitStall();
  }

  /** Tells the process to go on where it has stalled. */
  void goOn() throws IOException {
    tell(MonitorProcess.GO_ON);
  }

  /** Tells the process to be held up no longer. */
  void hurry() throws IOException {
    tell(MonitorProcess.HURRY);
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

  private void tell(char word) throws IOException {
    OutputStream ear = process.getOutputStream();
    ear.write(word);
    ear.flush();
  }

  /** Waits until the process says a word; what it says before is forgotten. */
  private void await(String word) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String said = "";
    while (!word.equals(said)) {
      said = news.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (said == null) {
        throw new AssertionError("expected a process that " + word + ", alive: " + isAlive());
      }
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        news.add(line);
      }
    } catch (IOException e) {
      // The process was killed while it was listened to.
    }
  }
}
