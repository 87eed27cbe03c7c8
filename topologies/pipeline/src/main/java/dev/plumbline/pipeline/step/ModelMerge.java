package dev.plumbline.pipeline.step;

import dev.plumbline.alerts.Alert;
import dev.plumbline.alerts.AlertBook;
import dev.plumbline.pipeline.codec.AlertRecords;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.WatchRules;
import dev.plumbline.state.cube.CohortCounts;
import dev.plumbline.state.cube.Cube;
import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.cube.Folding;
import dev.plumbline.state.cube.LabelAge;
import dev.plumbline.state.cube.Statement;
import dev.plumbline.state.evidence.Finding;
import dev.plumbline.state.evidence.RateSettings;
import dev.plumbline.state.evidence.RateWatch;
import dev.plumbline.state.evidence.Subgroup;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Predicted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** What a merge holds of one model: its cells, statements, evidence and open alerts. */
final class ModelMerge implements AlertRecords.Context {

  private final Flow flow;
  private final Optional<WatchRules> rules;
  private final Folding folding;
  private final Cube labelFree;
  private final Cube labelled;
  private final CohortCounts counts;
  private final ReferenceCheck check;
  private final AlertBook alerts;
  private ReferenceCheck.Size reference = new ReferenceCheck.Size(0, 0, "");
  private Optional<RateWatch> watch = Optional.empty();

  ModelMerge(String model, Flow flow) {
    CubeRules cube = flow.cube();
    this.flow = flow;
    this.rules = flow.watch();
    this.folding = new Folding(cube, rules.map(WatchRules::era).orElse(Folding.Era.NONE));
    this.labelFree = new Cube(model, cube, folding, List.of(LabelAge.LABEL_FREE));
    this.labelled = new Cube(model, cube, folding, cube.ages());
    long cohort = rules.map(r -> (long) r.panesPerCohort()).orElse(1L);
    this.counts = new CohortCounts(cube, cohort, folding);
    this.check = new ReferenceCheck(cube.shape(), flow.join().bins());
    this.alerts = new AlertBook(flow.digest(), model);
  }

  Cube labelFree() {
    return labelFree;
  }

  Cube labelled() {
    return labelled;
  }

  AlertBook alerts() {
    return alerts;
  }

  Optional<RateWatch> watch() {
    return watch;
  }

  Folding folding() {
    return folding;
  }

  /** A counter of an arrival pane that is about to be closed for label-free counters. */
  void see(long pane, Predicted predicted, long amount) {
    if (predicted.pane() == pane) {
      folding.see(predicted.cell().values(), amount);
    } else {
      folding.seeMoved(predicted.pane(), predicted.cell().values(), amount);
    }
  }

  /** Label-free counters of an arrival pane enter. */
  void applyLabelFree(long pane, Counter counter, long amount) {
    labelFree.apply(pane, counter, amount);
  }

  /** A counter of an arrival pane enters. */
  void apply(long pane, Counter counter, long amount) {
    labelled.apply(pane, counter, amount);
    watch(pane, counter, amount);
  }

  private void watch(long pane, Counter counter, long amount) {
    if (rules.isPresent() && isWatched(pane, rules.get())) {
      counts.apply(pane, counter, amount);
      if (pane < rules.get().reference().to()) {
        check.apply(counter, amount);
      }
    }
  }

  /** A change of a closed pane, after a restart. */
  void applyAgain(long pane, Counter counter, long amount) {
    if (counter instanceof Predicted) {
      labelFree.applyAgain(pane, counter, amount);
    }
    labelled.applyAgain(pane, counter, amount);
    watch(pane, counter, amount);
  }

  /** The first arrival pane whose deltas are still needed. */
  long neededFrom() {
    long block = flow.cube().block();
    long needed = Math.min(labelFree.forgottenBefore(), labelled.forgottenBefore());
    needed = needed == Long.MIN_VALUE ? needed : needed * block;
    if (rules.isPresent()) {
      long evidence =
          needsReference()
              ? rules.get().reference().from()
              : watch.get().lastPane() - 2 * watch.get().memory();
      needed = Math.min(needed, evidence);
    }
    return needed;
  }

  private boolean needsReference() {
    return rules.isPresent() && (watch.isEmpty() || watch.get().needsReference());
  }

  private static boolean isWatched(long arrival, WatchRules rules) {
    return arrival >= rules.reference().from();
  }

  /** Whether the reference is complete at this pane and has not been frozen. */
  boolean mustArm(long pane) {
    return rules.isPresent() && watch.isEmpty() && pane >= rules.get().reference().to();
  }

  /** Freezes the reference; what is wrong with its polarity, if anything. */
  Optional<WatchRules.Refusal> arm() {
    WatchRules watching = rules.orElseThrow();
    // No prediction may have come since the reference ended, and then no pane has frozen its
    // values.
    folding.close(watching.reference().to());
    counts.arm();
    RateWatch armed = new RateWatch(settings());
    Optional<WatchRules.Refusal> refusal = check.refusal(watching);
    reference = check.size();
    if (refusal.isEmpty()) {
      armed.arm(counts);
    }
    watch = Optional.of(armed);
    return refusal;
  }

  @Override
  public AlertRecords.Reference frozenReference() {
    return new AlertRecords.Reference(
        rules.orElseThrow().reference(),
        reference.predictions(),
        reference.labels(),
        reference.fingerprint());
  }

  @Override
  public OptionalDouble coverageSince(long pane) {
    return counts.coverageSince(pane);
  }

  /** Size of the frozen reference. */
  ReferenceCheck.Size reference() {
    return reference;
  }

  /** Evaluates all series at the close of an existing pane. */
  List<Finding> evaluate(long pane) {
    if (watch.isEmpty() || !watch.get().armed() || pane <= watch.get().lastPane()) {
      counts.takeTouched();
      return List.of();
    }
    List<Finding> findings = watch.get().evaluate(pane, counts, counts.takeTouched());
    if (!watch.get().needsReference()) {
      counts.forgetBefore(pane - 2 * watch.get().memory());
    }
    return findings;
  }

  void close(long pane, Consumer<Statement> statements) {
    labelled.close(pane, statements);
    // Labels of the reference are applied again after a restart, whosever predictions they are.
    long needed = needsReference() ? Math.min(pane, rules.orElseThrow().reference().from()) : pane;
    folding.forgetBefore(needed - flow.cube().finalAge());
  }

  void closeLabelFree(long pane, Consumer<Statement> statements) {
    labelFree.close(pane, statements);
  }

  /** What an evaluation found, as alerts. */
  List<Alert> alerts(List<Finding> findings) {
    List<Alert> made = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.Opened opened) {
        made.add(alerts.open(opened));
      } else if (finding instanceof Finding.Resolved resolved) {
        made.add(alerts.resolve(resolved));
      }
    }
    return made;
  }

  /** Takes the evidence back from a changelog. */
  void restoreWatch(RateWatch restored, ReferenceCheck.Size size) {
    watch = Optional.of(restored);
    reference = size;
  }

  CohortCounts counts() {
    return counts;
  }

  /** Settings of the watch over the subgroups of the reference. */
  RateSettings settings() {
    WatchRules watching = rules.orElseThrow();
    List<Subgroup> names = new ArrayList<>();
    for (int i = 0; i < counts.watched(); i++) {
      dev.plumbline.state.cube.Subgroup subgroup = counts.subgroup(i);
      names.add(new Subgroup(subgroup.name(), subgroup.terms().size()));
    }
    return new RateSettings(
        flow.timing().pane(),
        watching.panesPerCohort(),
        flow.join().ages(),
        flow.cube().samplings().size(),
        watching.reference(),
        watching.budget() / flow.models().size(),
        watching.metrics(),
        names);
  }
}
