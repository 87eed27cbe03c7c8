package dev.plumbline.cli;

/** Exit codes of the command. */
enum ExitCode {
  OK(0),
  /** The command ran and found problems, or cannot do what it was asked for. */
  PROBLEMS(1),
  USAGE(2),
  /** A broker or registry did not answer. */
  UNREACHABLE(3),
  /** A defect of Plumbline. */
  DEFECT(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
