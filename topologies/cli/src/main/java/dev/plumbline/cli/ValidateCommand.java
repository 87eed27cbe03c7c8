package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.pipeline.monitor.Summary;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline validate}. */
@Command(
    name = "validate",
    header = "Checks monitor files, and says what they mean.",
    description = {
      "Checks monitor files: prints all their problems, each with line and path, or what the"
          + " monitor means."
    },
    footer = {"", "Example: plumbline validate credit.yaml"})
final class ValidateCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Monitor files.")
  private List<Path> files;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ValidateCommand() {}

  @Override
  public Integer call() {
    boolean allValid = true;
    for (Path file : files) {
      allValid &= MonitorFile.read(file).fold(this::valid, this::invalid);
    }
    return (allValid ? ExitCode.OK : ExitCode.PROBLEMS).number();
  }

  private boolean valid(MonitorFile.Valid file) {
    spec.commandLine().getOut().println(Summary.of(file.monitor()));
    return true;
  }

  private boolean invalid(MonitorFile.Invalid file) {
    spec.commandLine().getOut().println(file.text());
    return false;
  }
}
