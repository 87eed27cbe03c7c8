package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code plumbline}: parses its arguments and reports what goes wrong. */
@Command(
    name = "plumbline",
    version = "plumbline 0.1.0",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Watches the predictions and late labels of models on Kafka for unfairness and drift.",
      "Begin with the demo. Then write a monitor file (demo --print-monitor prints one), validate"
          + " it, try it on recorded files with replay, and run it.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 ok, 1 problems found, 2 wrong usage,",
      "            3 broker or registry not reached, 4 a defect of plumbline,",
      "            5 no prediction of a replay was accepted."
    },
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      ValidateCommand.class,
      ReplayCommand.class,
      RunCommand.class,
      LoadCommand.class,
      StatusCommand.class,
      AlertsCommand.class,
      TopicsCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Plumbline implements Runnable {

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  Plumbline() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, for {@code execute}. */
  static CommandLine commandLine() {
    Plumbline root = new Plumbline();
    return new CommandLine(root)
        .registerConverter(ReplayCommand.Engine.class, Words.of(ReplayCommand.Engine.class))
        .registerConverter(TopicsCommand.Action.class, Words.of(TopicsCommand.Action.class))
        .setParameterExceptionHandler(Plumbline::wrongUsage)
        .setExecutionExceptionHandler(root::failed);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int wrongUsage(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("plumbline: " + WrongUsage.of(problem));
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  private int failed(Exception failure, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (verbose) {
      failure.printStackTrace(err);
    }
    if (failure instanceof Failure expected) {
      err.println("plumbline: " + expected.getMessage());
      return expected.code().number();
    }
    err.printf(
        "plumbline: %s: %s%n",
        failure.getClass().getSimpleName(),
        Optional.ofNullable(failure.getMessage()).orElse("no message"));
    err.println("This is a defect of plumbline; run again with --verbose and report the output.");
    return ExitCode.DEFECT.number();
  }
}
