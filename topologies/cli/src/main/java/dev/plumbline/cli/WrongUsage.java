package dev.plumbline.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in a sentence. */
final class WrongUsage {

  private WrongUsage() {}

  static String of(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    List<String> unmatched =
        problem instanceof UnmatchedArgumentException unknown
            ? unknown.getUnmatched()
            : command.getParseResult() == null ? List.of() : command.getParseResult().unmatched();
    List<String> options = unmatched.stream().filter(word -> word.startsWith("-")).toList();
    if (!options.isEmpty()) {
      return unknown("option", options.get(0), known(command));
    }
    if (!unmatched.isEmpty() && !command.getSubcommands().isEmpty()) {
      return unknown("command", unmatched.get(0), List.copyOf(command.getSubcommands().keySet()));
    }
    return String.valueOf(problem.getMessage());
  }

  private static String unknown(String kind, String word, List<String> known) {
    return "unknown %s %s; expected one of %s".formatted(kind, word, String.join(", ", known));
  }

  private static List<String> known(CommandLine command) {
    List<String> names = new ArrayList<>();
    command
        .getCommandSpec()
        .options()
        .forEach(
            option -> {
              if (!option.hidden()) {
                names.add(option.longestName());
              }
            });
    return names;
  }
}
