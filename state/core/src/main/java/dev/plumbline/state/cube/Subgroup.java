package dev.plumbline.state.cube;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A conjunction of attribute values, in the order of the monitor's attributes; empty for everybody.
 */
public record Subgroup(List<Term> terms) implements Comparable<Subgroup> {

  /** Everybody. */
  public static final Subgroup ALL = new Subgroup(List.of());

  /** One attribute and its value. */
  public record Term(String attribute, String value) {}

  public Subgroup {
    terms = List.copyOf(terms);
  }

  /** Canonical text: {@code all}, {@code sex=F}, {@code sex=F & age=45-65}. */
  public String name() {
    return terms.isEmpty()
        ? "all"
        : terms.stream().map(t -> t.attribute + "=" + t.value).collect(Collectors.joining(" & "));
  }

  /** The attributes that it names: {@code sex & age}; empty for everybody. */
  public String attributes() {
    return terms.stream().map(Term::attribute).collect(Collectors.joining(" & "));
  }

  @Override
  public int compareTo(Subgroup other) {
    int order = Integer.compare(terms.size(), other.terms.size());
    return order != 0 ? order : name().compareTo(other.name());
  }
}
