package dev.plumbline.cli.failure;

/**
 * Ends a command with a message for its user: what was expected, what came, and the remedy. Shown
 * as it is, without a stack trace.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ExitCode code;

  private Failure(ExitCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  private Failure(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  /** What was asked for is wrong or incomplete: a file, a topic, a setting. */
  public static Failure problem(String message) {
    return new Failure(ExitCode.PROBLEMS, message);
  }

  /** What was asked for is wrong or incomplete; the cause is shown with {@code --verbose}. */
  public static Failure problem(String message, Throwable cause) {
    return new Failure(ExitCode.PROBLEMS, message, cause);
  }

  /** The command line does not fit together. */
  public static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  /** A broker or registry did not answer; the cause is shown with {@code --verbose}. */
  public static Failure unreachable(String message, Throwable cause) {
    return new Failure(ExitCode.UNREACHABLE, message, cause);
  }

  /** What the process ends with. */
  public ExitCode code() {
    return code;
  }
}
