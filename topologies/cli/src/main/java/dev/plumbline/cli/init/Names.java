package dev.plumbline.cli.init;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What fields are usually called. Names never make a candidate: they choose among fields whose
 * values allow it.
 */
enum Names {
  PREDICTED(
      "decided decision predicted prediction scored scoring event occurred created time timestamp ts at date"),
  KNOWN("known reported recorded labelled labeled learned updated ingested received ts created"),
  HAPPENED("happened observed occurred effective event paid settled closed at date time"),
  SCORE("score probability proba prob risk points rating pd confidence likelihood"),
  DECISION(
      "decision action approved approve accepted verdict recommendation predicted prediction flagged invite granted selected decided result outcome class"),
  LABEL(
      "label outcome target truth actual status result defaulted default fraud hired repaid paid churned recid class y event"),
  MODEL("model classifier scorecard algorithm"),
  VERSION("version revision build"),
  ID("id uuid key reference ref number no"),
  PERSON(
      "sex gender race ethnicity ethnic age region country nationality state province district disability religion marital education language income occupation segment channel");

  private static final int NONE = 1_000;

  private final String words;

  Names(String words) {
    this.words = words;
  }

  private List<String> usual() {
    return List.of(words.split(" ", -1));
  }

  /** Place of the first usual word that is one of the name; large if none is. */
  int rank(Column column) {
    List<String> parts =
        Arrays.asList(
            column
                .name()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z]+"));
    return usual().stream().filter(parts::contains).findFirst().map(usual()::indexOf).orElse(NONE);
  }

  boolean names(Column column) {
    return rank(column) < NONE;
  }

  /** The most usual first. */
  Comparator<Column> order() {
    return Comparator.comparingInt(this::rank);
  }
}
