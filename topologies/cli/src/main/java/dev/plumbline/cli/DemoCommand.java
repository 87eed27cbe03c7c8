package dev.plumbline.cli;

import dev.plumbline.cli.demo.Demo;
import dev.plumbline.cli.demo.Scenario;
import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline demo}. */
@Command(
    name = "demo",
    header = "Shows it at work: planted faults are found, in one process.",
    description = {
      "Starts a broker and a schema registry in this process, streams a month of generated"
          + " decisions with planted faults through the real engine, and prints windows and alerts"
          + " as they come. Nothing to install; Ctrl-C leaves nothing behind.",
      "",
      "Faults: degrade (the true positive rate of a region falls from a day on), drift (the"
          + " selection rate of one sex rises over some days), slow-labels (from the first day on,"
          + " labels of one class take much longer: this must not alarm). Place and day follow"
          + " from the seed."
    },
    footer = {"", "Example: plumbline demo --seed 7 --faults degrade,slow-labels"})
final class DemoCommand implements Callable<Integer> {

  private static final String NONE = "none";

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides the traffic and the faults. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--faults",
      split = ",",
      defaultValue = "degrade,drift,slow-labels",
      paramLabel = "LIST",
      description = "Faults to plant, or none. Default: ${DEFAULT-VALUE}.")
  private List<String> faults;

  @Option(
      names = "--days",
      defaultValue = "26",
      description = "Days of traffic. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--print-monitor",
      description = "Print the monitor file of the demo and do nothing else.")
  private boolean printMonitor;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DemoCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (printMonitor) {
      out.print(Demo.monitorText());
      return ExitCode.OK.number();
    }
    if (days < Scenario.LEAST_DAYS) {
      throw Failure.usage(
          "--days: expected at least %d, was %d".formatted(Scenario.LEAST_DAYS, days));
    }
    boolean isRight = new Demo(Scenario.of(seed, kinds(), days), out).run();
    return (isRight ? ExitCode.OK : ExitCode.PROBLEMS).number();
  }

  private Set<Scenario.Kind> kinds() {
    Set<Scenario.Kind> kinds = EnumSet.noneOf(Scenario.Kind.class);
    if (!faults.equals(List.of(NONE))) {
      faults.forEach(name -> kinds.add(kind(name)));
    }
    return kinds;
  }

  private static Scenario.Kind kind(String name) {
    return Arrays.stream(Scenario.Kind.values())
        .filter(kind -> Words.of(kind).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "--faults: expected none or some of %s, was %s"
                        .formatted(
                            Arrays.stream(Scenario.Kind.values())
                                .map(Words::of)
                                .collect(Collectors.joining(",")),
                            name)));
  }
}
