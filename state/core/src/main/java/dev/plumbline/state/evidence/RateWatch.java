package dev.plumbline.state.evidence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rate series of one model, watched pane by pane (METHOD sections 1 to 7; method version
 * {@value #METHOD_VERSION}).
 *
 * <p>The order of calls: {@link #arm} once, when all arrival panes before the end of the reference,
 * and none later, are in the counts; then {@link #evaluate} for each existing pane from there on,
 * ascending. Everything said is a function of the counts at these calls, bit for bit.
 *
 * <p>Choices where the method leaves one: a cohort of several panes is a step from its first pane
 * on, counts as one start, is dropped at an alarm if it began at or before the alarm pane, and
 * closes with the horizon of its last pane. A label age that is completed after arming counts from
 * the next existing pane on, with all labels of the open cohorts.
 *
 * <p>An alarm may fall due in an empty pane; its effect is then told from the counts of the next
 * existing pane, for want of earlier ones.
 *
 * <p>Mutable, of one thread.
 */
public final class RateWatch {

  /** The version of the method, and of every constant in it. */
  public static final String METHOD_VERSION = "1.1";

  private static final int STATE_VERSION = 2;

  private final RateSettings settings;
  private final Frame frame;
  private final Map<RateMetric, AgeGate> gates = new EnumMap<>(RateMetric.class);
  private final Map<SeriesName, Verdict.Undecided> refused = new LinkedHashMap<>();
  private final List<RateSeries> series = new ArrayList<>();
  private final List<List<CohortSeries>> cohortSeries = new ArrayList<>();
  private final List<KnownCounts> known = new ArrayList<>();
  private boolean armed;
  private long last;

  /** A watch that waits for its reference. */
  public RateWatch(RateSettings settings) {
    this.settings = settings;
    frame = new Frame(settings);
    last = settings.reference().to() - 1;
    int counters = settings.agedStrata() * 4;
    for (int s = 0; s < settings.subgroups().size(); s++) {
      cohortSeries.add(new ArrayList<>());
      known.add(new KnownCounts(frame.open, counters));
    }
  }

  /** Whether {@link #arm} has been called. */
  public boolean armed() {
    return armed;
  }

  /** The pane evaluated last; the last pane of the reference before the first evaluation. */
  public long lastPane() {
    return last;
  }

  /** How far back counts must reach from the evaluated pane, in panes. */
  public long memory() {
    return settings.memory();
  }

  /** Whether counts of reference cohorts are still needed. */
  public boolean needsReference() {
    return !armed || gates.values().stream().anyMatch(gate -> !gate.complete());
  }

  /**
   * Freezes the reference: rates, dispersion, bands and weights.
   *
   * @param counts all arrival panes before the end of the reference, and none later
   */
  public void arm(Counts counts) {
    if (armed) {
      throw new IllegalStateException("arm was called before; make a new watch for a new era");
    }
    armed = true;
    Arming arming = new Arming(frame, counts, refused);
    List<Arming.Candidate> candidates = arming.run();
    gates.putAll(arming.gates());
    int[] members = new int[Family.CLASSES];
    candidates.forEach(candidate -> members[Family.classOf(candidate.name().subgroup())]++);
    double[] weights = Family.weights(members);
    for (Arming.Candidate candidate : candidates) {
      double weight = weights[Family.classOf(candidate.name().subgroup())];
      double threshold =
          Family.logThreshold((double) settings.panesPerMonth(), settings.budget(), weight);
      add(
          new RateSeries.Member(candidate.name(), candidate.subgroup(), weight, threshold),
          candidate.reference());
    }
  }

  private RateSeries add(RateSeries.Member member, RateReference reference) {
    AgeGate gate = gates.get(member.name().metric());
    if (gate == null) {
      PaneSeries added = new PaneSeries(frame, member, reference);
      series.add(added);
      return added;
    }
    CohortSeries added = new CohortSeries(frame, member, reference, gate);
    cohortSeries.get(member.subgroup()).add(added);
    series.add(added);
    return added;
  }

  /**
   * Evaluates at the end of a pane. Makes the empty steps of the panes between the last one and
   * this itself, at most {@link RateSettings#memory} of them.
   *
   * @param pane an existing pane, not before the end of the reference, after the last evaluated one
   * @param counts everything known at the end of that pane
   * @param touched cohorts whose first-label counters changed in that pane, of any subgroup
   * @return what was found, ascending by pane; in a pane in the order of metrics and subgroups
   */
  public List<Finding> evaluate(long pane, Counts counts, long[] touched) {
    if (!armed) {
      throw new IllegalStateException(
          "pane " + pane + " cannot be evaluated before the reference is frozen; call arm first");
    }
    if (pane <= last) {
      throw new IllegalArgumentException("panes must ascend beyond " + last + ", was " + pane);
    }
    List<Finding> findings = new ArrayList<>();
    skipTo(Math.max(last + 1, pane - settings.memory()));
    for (long between = last + 1; between < pane; between++) {
      begin(between);
      finish(between, true, counts, findings);
    }
    begin(pane);
    completeAges(pane, counts);
    touch(touched, counts);
    finish(pane, false, counts, findings);
    return findings;
  }

  /** Lets go of panes beyond the longest run of empty steps; all cohorts before them are over. */
  private void skipTo(long pane) {
    long skipped = pane - 1 - last;
    if (skipped == 0) {
      return;
    }
    while (frame.open.first() <= frame.open.newest()) {
      closeFirst();
    }
    frame.open.restartAt(Math.max(settings.cohortOf(pane), frame.open.first()));
    series.forEach(one -> one.skip(skipped));
    last = pane - 1;
  }

  private void begin(long pane) {
    while (frame.open.newest() < settings.cohortOf(pane)) {
      frame.open.admitNext();
      known.forEach(one -> one.admit(frame.open.newest()));
      cohortSeries.forEach(list -> list.forEach(one -> one.admit(frame.open.newest())));
    }
  }

  private void completeAges(long pane, Counts counts) {
    for (Map.Entry<RateMetric, AgeGate> entry : gates.entrySet()) {
      boolean changed = false;
      for (int age = 0; age < settings.agedStrata(); age++) {
        if (entry.getValue().due(age, pane, settings)) {
          completeAge(entry.getValue(), age, counts);
          changed = true;
        }
      }
      if (changed) {
        recount(counts, entry.getValue());
      }
    }
  }

  private void completeAge(AgeGate gate, int age, Counts counts) {
    gate.activate(age);
    Sample all = gate.collect(0, age, counts, settings);
    for (int s = 0; s < cohortSeries.size(); s++) {
      for (CohortSeries one : cohortSeries.get(s)) {
        if (one.gate() == gate) {
          Sample own = s == 0 ? all : gate.collect(s, age, counts, settings);
          one.rearm(gate.complete(one.reference(), age, own, all));
        }
      }
    }
  }

  private void recount(Counts counts, AgeGate gate) {
    for (int s = 0; s < cohortSeries.size(); s++) {
      for (CohortSeries one : cohortSeries.get(s)) {
        for (long c = frame.open.first(); one.gate() == gate && c <= frame.open.newest(); c++) {
          one.recount(c, counts.labelled(s, c));
        }
      }
    }
  }

  private void touch(long[] touched, Counts counts) {
    long[] cohorts = touched.clone();
    Arrays.sort(cohorts);
    if (cohorts.length > 0 && cohorts[cohorts.length - 1] > frame.open.newest()) {
      throw new IllegalArgumentException(
          "touched cohorts must not begin after the evaluated pane, whose cohort is "
              + frame.open.newest()
              + ", was "
              + cohorts[cohorts.length - 1]
              + "; a label arrives no earlier than its prediction");
    }
    for (int s = 0; s < cohortSeries.size(); s++) {
      List<CohortSeries> list = cohortSeries.get(s);
      for (int i = 0; !list.isEmpty() && i < cohorts.length; i++) {
        touch(s, cohorts[i], counts.labelled(s, cohorts[i]));
      }
    }
  }

  private void touch(int subgroup, long cohort, long[] labelled) {
    boolean open = frame.open.contains(cohort);
    if (open && !known.get(subgroup).changes(cohort, labelled)) {
      return;
    }
    for (CohortSeries one : cohortSeries.get(subgroup)) {
      if (open) {
        one.touch(cohort, labelled);
      } else {
        one.hear(labelled);
      }
    }
  }

  private void finish(long pane, boolean empty, Counts counts, List<Finding> findings) {
    for (RateSeries one : series) {
      one.step(pane, empty, counts, findings);
    }
    while (frame.open.first() <= frame.open.newest()
        && settings.closingPane(frame.open.first()) <= pane) {
      closeFirst();
    }
    last = pane;
  }

  private void closeFirst() {
    long cohort = frame.open.first();
    cohortSeries.forEach(list -> list.forEach(one -> one.close(cohort)));
    frame.open.dropFirst();
  }

  /** Verdicts by series, in the order of metrics and subgroups. */
  public Map<SeriesName, Verdict> verdicts() {
    Map<SeriesName, Verdict> known = new LinkedHashMap<>(refused);
    series.forEach(one -> known.put(one.member.name(), one.verdict()));
    Map<SeriesName, Verdict> verdicts = new LinkedHashMap<>();
    for (Watched watched : settings.metrics()) {
      for (Subgroup subgroup : settings.subgroups()) {
        SeriesName name = new SeriesName(watched.metric(), subgroup);
        verdicts.put(name, known.getOrDefault(name, waiting()));
      }
    }
    return Collections.unmodifiableMap(verdicts);
  }

  /** Verdict on one series; an unknown name is refused. */
  public Verdict verdict(SeriesName name) {
    Verdict verdict = verdicts().get(name);
    if (verdict == null) {
      throw new IllegalArgumentException(
          "no series " + name + "; watched are " + settings.metrics() + " of the subgroups");
    }
    return verdict;
  }

  private Verdict waiting() {
    return new Verdict.Undecided(
        Verdict.Reason.WARM_UP,
        "the reference is complete, and the series armed, at the end of pane "
            + (settings.reference().to() - 1));
  }

  /** Writes everything that cannot be made again from the counts; doubles as their bits. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(STATE_VERSION);
    out.writeBoolean(armed);
    out.writeLong(last);
    out.writeLong(frame.open.first());
    out.writeLong(frame.open.newest());
    out.writeInt(gates.size());
    for (Map.Entry<RateMetric, AgeGate> gate : gates.entrySet()) {
      out.writeUTF(gate.getKey().name());
      gate.getValue().write(out);
    }
    out.writeInt(refused.size());
    for (Map.Entry<SeriesName, Verdict.Undecided> entry : refused.entrySet()) {
      out.writeUTF(entry.getKey().text());
      out.writeUTF(entry.getValue().reason().name());
      out.writeUTF(entry.getValue().detail());
    }
    out.writeInt(series.size());
    for (RateSeries one : series) {
      out.writeUTF(one.member.name().text());
      one.write(out);
    }
  }

  /**
   * A watch as it was written.
   *
   * @param settings the same as of the watch that was written
   * @param counts everything known at the end of the pane evaluated last, and nothing later
   * @throws IOException if the bytes are of another version, or of other series than the settings
   */
  public static RateWatch read(RateSettings settings, DataInput in, Counts counts)
      throws IOException {
    int version = in.readInt();
    if (version != STATE_VERSION) {
      throw new IOException(
          "evidence state: expected version " + STATE_VERSION + ", was " + version + "; replay");
    }
    RateWatch watch = new RateWatch(settings);
    watch.armed = in.readBoolean();
    watch.last = in.readLong();
    watch.frame.open.restore(in.readLong(), in.readLong());
    for (int left = in.readInt(); left > 0; left--) {
      RateMetric metric = RateMetric.valueOf(in.readUTF());
      watch.gates.put(metric, AgeGate.read(metric, settings.agedStrata(), in));
    }
    watch.restore(in);
    watch.gates.values().forEach(gate -> watch.recount(counts, gate));
    watch.learn(counts);
    return watch;
  }

  private void learn(Counts counts) {
    for (int s = 0; s < known.size(); s++) {
      for (long cohort = frame.open.first(); cohort <= frame.open.newest(); cohort++) {
        if (!cohortSeries.get(s).isEmpty()) {
          known.get(s).changes(cohort, counts.labelled(s, cohort));
        }
      }
    }
  }

  private void restore(DataInput in) throws IOException {
    Map<String, SeriesName> names = new LinkedHashMap<>();
    for (Watched watched : settings.metrics()) {
      for (Subgroup subgroup : settings.subgroups()) {
        SeriesName name = new SeriesName(watched.metric(), subgroup);
        names.put(name.text(), name);
      }
    }
    for (int left = in.readInt(); left > 0; left--) {
      SeriesName name = known(names, in.readUTF());
      Verdict.Reason reason = Verdict.Reason.valueOf(in.readUTF());
      refused.put(name, new Verdict.Undecided(reason, in.readUTF()));
    }
    for (int left = in.readInt(); left > 0; left--) {
      SeriesName name = known(names, in.readUTF());
      int subgroup = in.readInt();
      double[] share = Doubles.read(in, 2);
      RateReference reference = RateReference.read(in);
      add(new RateSeries.Member(name, subgroup, share[0], share[1]), reference).restore(in);
    }
  }

  private static SeriesName known(Map<String, SeriesName> names, String text) throws IOException {
    SeriesName name = names.get(text);
    if (name == null) {
      throw new IOException(
          "evidence state: series " + text + " is not in the settings; replay with the new ones");
    }
    return name;
  }
}
