package dev.plumbline.cli;

/** Whether a person watches. */
final class Terminal {

  private Terminal() {}

  /** Whether lines may be rewritten: input and output are a terminal that can do that. */
  @SuppressWarnings("SystemConsoleNull") // newer Java: TERM tells
  static boolean isInteractive() {
    String kind = System.getenv("TERM");
    return System.console() != null && kind != null && !kind.equals("dumb");
  }
}
