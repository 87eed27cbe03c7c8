package dev.plumbline.state.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.state.numeric.LogGamma;
import dev.plumbline.state.time.AgeSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The sections of the unit values that are built, each as a function from input to output. */
final class GoldenUnits {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TEN_MINUTES = 600_000;
  private static final AgeSteps AGES = AgeSteps.ofPanes(0, 6, 18, 36, 72, 144, 288, 576, 720);

  static final RateSettings SETTINGS =
      new RateSettings(
          TEN_MINUTES,
          1,
          AGES,
          new ReferencePanes(0, 1008),
          1,
          List.of(Watched.of(RateMetric.ACCURACY)),
          List.of(Subgroup.ALL));

  private GoldenUnits() {}

  static Map<String, Function<JsonNode, JsonNode>> sections() {
    Map<String, Function<JsonNode, JsonNode>> sections = new LinkedHashMap<>();
    sections.put("1 hour of day", GoldenUnits::hourOfDay);
    sections.put("1 minimum to arm", in -> out("armed", Arming.suffices(sample(in))));
    sections.put("1.1 level interval [L,U]", GoldenUnits::levelInterval);
    sections.put("1.1 stratum rates p0", GoldenUnits::stratumRates);
    sections.put("1.1 shapes", GoldenUnits::shapes);
    sections.put("1.1 hour strata", GoldenUnits::hourStrata);
    sections.put("1.1 band", GoldenUnits::band);
    sections.put("1.2 dispersion", GoldenUnits::dispersion);
    sections.put("2 recursion", GoldenUnits::recursion);
    sections.put("3 theta grid", in -> out("theta", Bets.theta(in.get("m").intValue())));
    sections.put("3a rate factor", GoldenUnits::rateFactor);
    sections.put("3a/7 KT confidence interval", GoldenUnits::kt);
    sections.put("4 age buckets and closing", GoldenUnits::ages);
    sections.put("4 cohort fold", GoldenUnits::cohortFold);
    sections.put("5 thresholds", GoldenUnits::threshold);
    sections.put("5 weights", GoldenUnits::weights);
    sections.put("6 NO DATA", GoldenUnits::noData);
    sections.put("6 boundary", GoldenUnits::boundary);
    sections.put("6 change point", GoldenUnits::changePoint);
    sections.put("6 e-CUSUM resolve", GoldenUnits::resolve);
    sections.put("6 e-CUSUM of cohorts", GoldenUnits::resolveCohorts);
    sections.put("7 effect interval", GoldenUnits::effect);
    sections.put("12.5 lnGamma", in -> out("lnGamma", LogGamma.of(in.get("x").doubleValue())));
    return sections;
  }

  private static JsonNode hourOfDay(JsonNode in) {
    long pane = Math.floorDiv(in.get("t_ms").longValue(), TEN_MINUTES);
    return out("pane_start_ms", pane * TEN_MINUTES, "hour", SETTINGS.hourOf(pane));
  }

  private static JsonNode levelInterval(JsonNode in) {
    Sample total = sample(in);
    double alpha = in.get("alpha_ref").doubleValue();
    Interval level =
        Interval.chernoff(total.trials(), total.successes(), in.get("phi").doubleValue(), alpha);
    return out("L", level.low(), "U", level.high());
  }

  private static JsonNode stratumRates(JsonNode in) {
    Strata model = strata(in.get("N_model"), in.get("K_model"));
    Strata own = strata(in.get("N"), in.get("K"));
    Shape shape = Shape.of(model, in.get("hour_shape").booleanValue());
    StratumRates rates = StratumRates.aged(own, shape);
    double level = Shape.level(own.total());
    List<double[]> table = new ArrayList<>();
    for (int a = 0; a < own.ages(); a++) {
      int from = a * own.hours();
      table.add(Arrays.copyOfRange(rates.rates(), from, from + own.hours()));
    }
    ObjectNode out = shape(shape, own.ages(), own.hours());
    out.put("p", level).put("c", rates.shift());
    out.set("p0", JSON.valueToTree(table));
    out.set("p_age", array(own.ages(), a -> StratumRates.ageRate(level, own.age(a), shape.age(a))));
    return out;
  }

  private static JsonNode shapes(JsonNode in) {
    Strata model = strata(in.get("N"), in.get("K"));
    return shape(Shape.of(model, true), model.ages(), model.hours());
  }

  private static ObjectNode shape(Shape shape, int ages, int hours) {
    ObjectNode out = JSON.createObjectNode().put("p_all", shape.level());
    out.set("s_age", array(ages, shape::age));
    out.set("s_hour", array(hours, shape::hour));
    return out;
  }

  private static JsonNode hourStrata(JsonNode in) {
    Strata own = new Strata(1, in.get("N").size());
    for (int h = 0; h < own.hours(); h++) {
      own.add(0, h, in.get("N").get(h).longValue(), in.get("K").get(h).longValue());
    }
    StratumRates rates = StratumRates.hourly(own, in.get("prior").doubleValue());
    return out("p", Shape.level(own.total()), "p0", rates.rates());
  }

  private static JsonNode band(JsonNode in) {
    double p0 = in.get("p0_z").doubleValue();
    Band band = Band.of(sample(in), in.get("phi").doubleValue(), Watched.DEFAULT_TOLERANCE);
    ObjectNode out = JSON.createObjectNode();
    out.put("p", band.level()).put("delta", band.tolerance());
    out.put("L", band.interval().low()).put("U", band.interval().high());
    out.putNull("hi_z").putNull("lo_z");
    if (band.betsUp()) {
      out.put("hi_z", band.edge(Direction.UP, p0));
    }
    if (band.betsDown()) {
      out.put("lo_z", band.edge(Direction.DOWN, p0));
    }
    return out;
  }

  private static JsonNode dispersion(JsonNode in) {
    Dispersion dispersion = new Dispersion(TEN_MINUTES, in.get("n").get(0).size());
    for (int s = 0; s < in.get("n").size(); s++) {
      double[] n = doubles(in.get("n").get(s));
      double[] k = doubles(in.get("k").get(s));
      double p = in.get("p0").get(s).doubleValue();
      double[] r = IntStream.range(0, n.length).mapToDouble(t -> k[t] - n[t] * p).toArray();
      dispersion.add(r, Arrays.stream(n).map(x -> x * p * (1 - p)).toArray());
    }
    List<JsonNode> series = new ArrayList<>();
    for (int s = 0; s < in.get("n").size(); s++) {
      ObjectNode scales = JSON.createObjectNode();
      for (int i = 0; i < dispersion.lengths().length; i++) {
        ObjectNode scale = scales.putObject(String.valueOf(dispersion.lengths()[i]));
        scale.put("own", dispersion.own(s, i)).put("cnt", dispersion.count(s, i));
        scale.put("pool", dispersion.pool(i)).put("index", dispersion.index(s, i));
      }
      series.add(out("phi", dispersion.phi(s), "scales", scales));
    }
    return out("per_series", series);
  }

  private static JsonNode recursion(JsonNode in) {
    double[] weights = doubles(in.get("w"));
    double[] values = new double[weights.length];
    List<Double> logs = new ArrayList<>();
    for (JsonNode row : in.get("logFactors")) {
      Recursion.detect(values, weights, factors(row, in.get("phi").doubleValue()), 0);
      logs.add(StrictMath.log(Recursion.sum(values, 0, values.length)));
    }
    return out("R", values, "lnS", logs);
  }

  private static JsonNode rateFactor(JsonNode in) {
    JsonNode strata = in.get("strata");
    double[][] edges = {column(strata, "hi"), column(strata, "lo")};
    Bets bets = Bets.detecting(new GivenEdges(edges[0], edges[1]));
    Tally tally = tally(column(strata, "n"), column(strata, "k"));
    return out(
        "up", array(Bets.GRID, j -> bets.logFactor(j, tally, 1)),
        "down", array(Bets.GRID, j -> bets.logFactor(Bets.GRID + j, tally, 1)));
  }

  private static JsonNode kt(JsonNode in) {
    double odds = Double.parseDouble(in.get("level").textValue().replace("ln ", ""));
    Sample total = sample(in);
    Interval interval = Interval.kt(total.trials(), total.successes(), StrictMath.log(odds));
    return out("L", interval.low(), "U", interval.high());
  }

  private static JsonNode ages(JsonNode in) {
    long cohort = in.get("cohort_pane").longValue();
    long age = Math.max(0, in.get("known_pane").longValue() - cohort);
    ObjectNode out = JSON.createObjectNode().put("age", age);
    out.put("folded_after", SETTINGS.closingPane(cohort)).putNull("bucket");
    if (AGES.step(age) != AGES.beyond()) {
      out.put("bucket", AGES.step(age));
    }
    return out;
  }

  private static JsonNode cohortFold(JsonNode in) {
    double[] values = doubles(in.get("closedR"));
    double[] weights = new double[values.length];
    Arrays.fill(weights, in.get("w").doubleValue());
    for (JsonNode row : in.get("l")) {
      Recursion.detect(values, weights, factors(row, 1), 0);
    }
    double sum = Recursion.sum(values, 0, values.length);
    return out("R", values, "S", sum, "lnS", StrictMath.log(sum));
  }

  private static JsonNode threshold(JsonNode in) {
    double weight = 1.0 / in.get("series").intValue();
    double panes = in.get("P").doubleValue();
    return out("ln_c", Family.logThreshold(panes, in.get("B").doubleValue(), weight));
  }

  private static JsonNode weights(JsonNode in) {
    int[] members =
        Arrays.stream(doubles(in.get("series"))).mapToInt(count -> (int) count).toArray();
    List<JsonNode> weights = new ArrayList<>();
    for (double weight : Family.weights(members)) {
      weights.add(weight == 0 ? JSON.nullNode() : JSON.valueToTree(weight));
    }
    return out("weight", weights);
  }

  private static JsonNode noData(JsonNode in) {
    long events = in.get("N_h").longValue();
    return out(
        "no_data", Silence.speaks(in.get("m").longValue(), events, in.get("D_h").longValue()));
  }

  private static JsonNode boundary(JsonNode in) {
    Direction direction = direction(in);
    double[] n = elements(in.get("strata"), 0);
    double[] edges = elements(in.get("strata"), 1);
    double events = Arrays.stream(n).sum();
    double edge = IntStream.range(0, n.length).mapToDouble(z -> n[z] * edges[z]).sum() / events;
    Sample now = new Sample((long) events, in.get("k").longValue());
    double departure = Since.departure(now, edge, direction);
    double smoothed = (now.successes() + 0.5) / (events + 1);
    double[] moved = Arrays.stream(edges).map(e -> Bets.boundary(e, departure)).toArray();
    ObjectNode out = JSON.createObjectNode().put("D", departure).put("edge_mean", edge);
    out.put("p_hat", smoothed).set("m", JSON.valueToTree(moved));
    return out;
  }

  private static JsonNode changePoint(JsonNode in) {
    double[] l = doubles(in.get("l"));
    ChangePoint change = new ChangePoint(l.length - 1);
    for (int t = l.length - 1; t >= 0; t--) {
      change.older(t, l[t]);
    }
    return out("v", change.at(), "sum", change.evidence());
  }

  private static JsonNode resolve(JsonNode in) {
    Sample since = new Sample(in.get("n_since").longValue(), in.get("k_since").longValue());
    double edge = in.get("edge").doubleValue();
    double departure = Since.departure(since, edge, direction(in));
    double[] edges = {edge};
    Bets bets = Bets.resolving(new GivenEdges(edges, edges), direction(in), departure);
    double[] values = new double[Bets.GRID];
    List<Double> sums = new ArrayList<>();
    ObjectNode out = JSON.createObjectNode().putNull("resolved_at");
    for (JsonNode pane : in.get("panes")) {
      double[] n = {pane.get(0).doubleValue()};
      double[] k = {pane.get(1).doubleValue()};
      sums.add(resolveStep(values, bets, tally(n, k), in.get("phi").doubleValue()));
      if (sums.get(sums.size() - 1) >= RateSeries.RESOLVED_AT && out.get("resolved_at").isNull()) {
        out.put("resolved_at", sums.size() - 1);
      }
    }
    out.put("m", Bets.boundary(edge, departure));
    out.set("V", JSON.valueToTree(values));
    out.set("sumV", JSON.valueToTree(sums));
    return out;
  }

  private static JsonNode resolveCohorts(JsonNode in) {
    double[] boundary = doubles(in.get("m"));
    Bets bets = Bets.resolving(new GivenEdges(boundary, boundary), direction(in), 0);
    double[] values = doubles(in.get("base"));
    double sum = 0;
    for (JsonNode cohort : in.get("cohorts")) {
      Tally tally = tally(elements(cohort, 0), elements(cohort, 1));
      sum = resolveStep(values, bets, tally, in.get("phi").doubleValue());
    }
    return out("V", values, "sumV", sum, "resolved", sum >= RateSeries.RESOLVED_AT);
  }

  private static double resolveStep(double[] values, Bets bets, Tally tally, double phi) {
    double[] factors = new double[Bets.GRID];
    bets.factors(tally, phi, factors, 0);
    Recursion.resolve(values, Bets.GRID, factors, 0);
    return Recursion.sum(values, 0, Bets.GRID);
  }

  private static JsonNode effect(JsonNode in) {
    Sample now = new Sample(in.get("n").longValue(), in.get("k").longValue());
    Effect effect = Effect.of(now, in.get("E").doubleValue(), sample(in));
    return out(
        "wilson", ends(effect.interval()),
        "difference", effect.departure().getAsDouble(),
        "interval", ends(effect.difference()));
  }

  /** Edges as they are given; every stratum is an age. */
  private static final class GivenEdges implements Edges {
    private final double[] high;
    private final double[] low;

    GivenEdges(double[] high, double[] low) {
      this.high = high;
      this.low = low;
    }

    @Override
    public int hours() {
      return 1;
    }

    @Override
    public int strata() {
      return high.length;
    }

    @Override
    public boolean bets(Direction direction) {
      return true;
    }

    @Override
    public double edge(Direction direction, int stratum) {
      return direction == Direction.UP ? high[stratum] : low[stratum];
    }
  }

  private static Direction direction(JsonNode in) {
    return in.get("alarm").textValue().equals("up") ? Direction.UP : Direction.DOWN;
  }

  private static double[] ends(Interval interval) {
    return new double[] {interval.low(), interval.high()};
  }

  private static Sample sample(JsonNode in) {
    return new Sample(in.get("N").longValue(), in.get("K").longValue());
  }

  private static Strata strata(JsonNode trials, JsonNode successes) {
    Strata strata = new Strata(trials.size(), trials.get(0).size());
    for (int a = 0; a < strata.ages(); a++) {
      for (int h = 0; h < strata.hours(); h++) {
        strata.add(a, h, trials.get(a).get(h).longValue(), successes.get(a).get(h).longValue());
      }
    }
    return strata;
  }

  private static Tally tally(double[] trials, double[] successes) {
    Tally tally = new Tally(trials.length);
    for (int a = 0; a < trials.length; a++) {
      tally.trials[a] = (long) trials[a];
      tally.successes[a] = (long) successes[a];
    }
    return tally;
  }

  private static double[] factors(JsonNode logFactors, double phi) {
    return Arrays.stream(doubles(logFactors))
        .map(l -> StrictMath.exp(Bets.bounded(l, phi)))
        .toArray();
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static double[] column(JsonNode rows, String name) {
    return StreamSupport.stream(rows.spliterator(), false)
        .mapToDouble(row -> row.get(name).doubleValue())
        .toArray();
  }

  private static double[] elements(JsonNode rows, int index) {
    return StreamSupport.stream(rows.spliterator(), false)
        .mapToDouble(row -> row.get(index).doubleValue())
        .toArray();
  }

  private static JsonNode array(int length, IntToDoubleFunction element) {
    return JSON.valueToTree(IntStream.range(0, length).mapToDouble(element).toArray());
  }

  private static ObjectNode out(Object... namesAndValues) {
    ObjectNode out = JSON.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.set((String) namesAndValues[i], JSON.valueToTree(namesAndValues[i + 1]));
    }
    return out;
  }
}
