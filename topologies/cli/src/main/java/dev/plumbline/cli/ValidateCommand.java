package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.pipeline.monitor.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    footer = {
      "",
      "Example: plumbline validate credit.yaml",
      "         plumbline validate monitors/"
    })
final class ValidateCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Monitor files, and directories of them.")
  private List<Path> files;

  @Spec private CommandSpec spec;

  private final Set<String> said = new HashSet<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ValidateCommand() {}

  @Override
  public Integer call() {
    boolean allValid = true;
    for (Path file : files) {
      for (MonitorFile.Reading reading : readings(file)) {
        allValid &= reading.fold(this::valid, this::invalid);
      }
    }
    return (allValid ? ExitCode.OK : ExitCode.PROBLEMS).number();
  }

  private static Collection<MonitorFile.Reading> readings(Path file) {
    return Files.isDirectory(file)
        ? Monitors.directory(file).files().values()
        : List.of(MonitorFile.read(file));
  }

  private boolean valid(MonitorFile.Valid file) {
    spec.commandLine().getOut().println(Summary.of(file.monitor()));
    return true;
  }

  private boolean invalid(MonitorFile.Invalid file) {
    // What is wrong with a directory's plumbline.yaml is wrong with each of its monitors.
    file.text().lines().filter(said::add).forEach(spec.commandLine().getOut()::println);
    return false;
  }
}
