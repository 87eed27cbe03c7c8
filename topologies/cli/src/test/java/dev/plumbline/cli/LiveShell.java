package dev.plumbline.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** A command that goes on until it is stopped, in this process; with what the process logs. */
final class LiveShell implements AutoCloseable {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream systemErr = System.err;
  private final Thread thread;

  private LiveShell(String... arguments) {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    CommandLine command =
        Plumbline.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    this.thread = new Thread(() -> command.execute(arguments), "live-shell");
  }

  static LiveShell start(String... arguments) {
    LiveShell shell = new LiveShell(arguments);
    shell.thread.start();
    return shell;
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  String out() {
    return out.toString();
  }

  /** What the command said of its end, if it has ended. */
  String err() {
    return err.toString();
  }

  /** What was logged so far. */
  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    System.setErr(systemErr);
  }
}
