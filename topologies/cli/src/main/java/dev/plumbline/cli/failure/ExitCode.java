package dev.plumbline.cli.failure;

/** Exit codes of the command. */
public enum ExitCode {
  /** All is well. */
  OK(0),
  /** The command ran and found problems, or cannot do what it was asked for. */
  PROBLEMS(1),
  /** The command line is wrong. */
  USAGE(2),
  /** A broker or registry did not answer. */
  UNREACHABLE(3),
  /** A defect of Plumbline. */
  DEFECT(4),
  /** A replay in which no prediction was accepted: there was nothing to watch. */
  NOTHING_ACCEPTED(5);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the process ends with. */
  public int number() {
    return number;
  }
}
