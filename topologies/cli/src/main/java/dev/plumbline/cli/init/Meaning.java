package dev.plumbline.cli.init;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * What fields of predictions and labels may mean.
 *
 * @param attributes that make subgroups
 * @param others fields with few values that are no attributes here
 */
record Meaning(
    Optional<Column> model,
    Optional<Column> version,
    Optional<Column> score,
    Coded decision,
    Coded label,
    List<Trait> attributes,
    List<Column> others) {

  private static final double NEARLY_ALL = 0.99;
  private static final double MOST = 0.5;

  /** More values than this make subgroups that nobody reads. */
  private static final int FEW = 20;

  private static final int MOST_CLASSES = 8;
  private static final int MOST_ATTRIBUTES = 3;
  private static final int LEAST_SCORES = 20;

  /** A field that a score separates like this was decided by it. */
  private static final double SEPARATED = 0.9;

  Meaning {
    attributes = List.copyOf(attributes);
    others = List.copyOf(others);
  }

  static Meaning of(Pairing pairing) {
    List<Column> fields = new ArrayList<>(pairing.predictions().profile().columns());
    fields.removeIf(
        column ->
            !column.isField()
                || column.time().isPresent()
                || column.place().startsWith("envelope.")
                || column.place().equals(pairing.predictionId().place()));
    Optional<Column> version = take(fields, Names.VERSION, c -> isFew(c, FEW));
    Optional<Column> model =
        take(fields, Names.MODEL, c -> isFew(c, FEW) && !c.isNumeric() && isNamed(c));
    Optional<Column> score = score(fields);
    score.ifPresent(fields::remove);
    Coded decision = decision(fields, score);
    decision.column().ifPresent(fields::remove);
    List<Trait> attributes = attributes(fields);
    List<Column> used = attributes.stream().map(Trait::column).toList();
    List<Column> others =
        fields.stream()
            .filter(c -> !used.contains(c) && !decision.candidates().contains(c))
            .filter(c -> c.distinct() > 1 && isFew(c, FEW) && c.share() >= MOST)
            .toList();
    return new Meaning(model, version, score, decision, label(pairing), attributes, others);
  }

  private static boolean isFew(Column column, int most) {
    return column.distinct() >= 1 && column.distinct() <= most;
  }

  private static boolean isNamed(Column column) {
    return column.share() >= NEARLY_ALL
        && column.counts().values().stream().allMatch(count -> count >= Coded.LEAST_NAMED);
  }

  private static Optional<Column> take(
      List<Column> fields, Names names, Predicate<Column> allowed) {
    Optional<Column> taken =
        fields.stream()
            .filter(column -> names.names(column) && column.share() >= NEARLY_ALL)
            .filter(allowed)
            .min(names.order());
    taken.ifPresent(fields::remove);
    return taken;
  }

  /** A number that usually is a score, or the only fraction between 0 and 1. */
  private static Optional<Column> score(List<Column> fields) {
    List<Column> numbers =
        fields.stream()
            .filter(c -> c.isNumeric() && c.share() >= NEARLY_ALL && c.distinct() >= LEAST_SCORES)
            .toList();
    Optional<Column> named = numbers.stream().filter(Names.SCORE::names).min(Names.SCORE.order());
    List<Column> shares =
        numbers.stream().filter(c -> c.low() >= 0 && c.high() <= 1 && c.hasFractions()).toList();
    return named.or(() -> shares.size() == 1 ? Optional.of(shares.get(0)) : Optional.empty());
  }

  private static Coded decision(List<Column> fields, Optional<Column> score) {
    List<Column> two =
        fields.stream().filter(c -> c.distinct() == 2 && c.share() >= NEARLY_ALL).toList();
    Optional<Column> separated =
        score.flatMap(
            s ->
                two.stream()
                    .filter(c -> separation(s, c) >= SEPARATED)
                    .max((a, b) -> Double.compare(separation(s, a), separation(s, b))));
    Optional<Column> named =
        fields.stream()
            .filter(c -> c.distinct() >= 2 && isFew(c, MOST_CLASSES) && c.share() >= NEARLY_ALL)
            .filter(Names.DECISION::names)
            .min(Names.DECISION.order());
    return named.or(() -> separated).map(c -> Coded.of(c, two)).orElseGet(() -> Coded.none(two));
  }

  /** How often the score is higher where a field has one value of two, or the other. */
  private static double separation(Column score, Column field) {
    String first = field.values().get(0);
    Map<Boolean, List<Double>> scores = new HashMap<>(Map.of(true, List.of(), false, List.of()));
    scores.replaceAll((is, none) -> new ArrayList<>());
    for (int i = 0; i < field.texts().size(); i++) {
      Optional<String> value = field.texts().get(i);
      OptionalDouble number =
          score.texts().get(i).map(Column::number).orElse(OptionalDouble.empty());
      if (value.isPresent() && number.isPresent()) {
        boolean isFirst = value.get().equals(first);
        scores.getOrDefault(isFirst, List.of()).add(number.getAsDouble());
      }
    }
    double[] others =
        scores.getOrDefault(false, List.of()).stream().mapToDouble(d -> d).sorted().toArray();
    List<Double> firsts = scores.getOrDefault(true, List.of());
    double below = 0;
    for (double one : firsts) {
      int place = Arrays.binarySearch(others, one);
      below += place < 0 ? -place - 1 : place;
    }
    double above = below / Math.max(1.0, (double) others.length * firsts.size());
    return Math.max(above, 1 - above);
  }

  private static Coded label(Pairing pairing) {
    List<Column> few =
        pairing.labels().profile().columns().stream()
            .filter(
                c ->
                    c.isField()
                        && c.time().isEmpty()
                        && !c.place().equals(pairing.labelId().place()))
            .filter(c -> !c.place().startsWith("envelope."))
            .filter(c -> c.distinct() >= 2 && isFew(c, MOST_CLASSES) && c.share() >= NEARLY_ALL)
            .toList();
    Optional<Column> named = few.stream().filter(Names.LABEL::names).min(Names.LABEL.order());
    return named
        .or(() -> few.size() == 1 ? Optional.of(few.get(0)) : Optional.empty())
        .map(c -> Coded.of(c, few))
        .orElseGet(() -> Coded.none(few));
  }

  private static List<Trait> attributes(List<Column> fields) {
    List<Column> named =
        fields.stream()
            .filter(c -> Names.PERSON.names(c) && c.distinct() > 1 && c.share() >= MOST)
            .filter(c -> isFew(c, FEW) || c.isNumeric())
            .sorted(Names.PERSON.order())
            .limit(MOST_ATTRIBUTES)
            .toList();
    List<Column> few =
        fields.stream()
            .filter(c -> c.distinct() > 1 && isFew(c, FEW) && c.share() >= MOST)
            .limit(MOST_ATTRIBUTES)
            .toList();
    Map<String, Trait> traits = new LinkedHashMap<>();
    for (Column column : named.isEmpty() ? few : named) {
      List<BigDecimal> edges = isFew(column, FEW) ? List.of() : edges(column);
      if (isFew(column, FEW) || !edges.isEmpty()) {
        String name = column.name().toLowerCase(Locale.ROOT);
        String free = traits.containsKey(name) ? column.place().replace('.', '_') : name;
        traits.put(free, new Trait(free, column, edges));
      }
    }
    return List.copyOf(traits.values());
  }

  /**
   * Quarters of the values, at numbers that can be remembered; every bin has enough records to be
   * named.
   */
  private static List<BigDecimal> edges(Column column) {
    List<BigDecimal> edges = new ArrayList<>();
    for (double share : new double[] {0.25, 0.5, 0.75}) {
      double at = Quantiles.at(column.numbers(), share);
      BigDecimal edge = new BigDecimal(at).round(new MathContext(2)).stripTrailingZeros();
      double last = edges.isEmpty() ? column.low() : edges.get(edges.size() - 1).doubleValue();
      if (isEnough(column, last, edge.doubleValue())
          && isEnough(column, edge.doubleValue(), Double.POSITIVE_INFINITY)) {
        edges.add(edge);
      }
    }
    return edges;
  }

  private static boolean isEnough(Column column, double from, double to) {
    return Arrays.stream(column.numbers()).filter(n -> n >= from && n < to).count()
        >= Coded.LEAST_NAMED;
  }
}
