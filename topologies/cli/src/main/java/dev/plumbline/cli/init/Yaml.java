package dev.plumbline.cli.init;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as YAML writes them. */
final class Yaml {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Set<String> SPECIAL =
      Set.of("true", "false", "null", "True", "False", "Null", "TRUE", "FALSE", "NULL");

  private Yaml() {}

  /** A text, in quotes where it could be read as something else. */
  static String text(String text) {
    return PLAIN.matcher(text).matches() && !SPECIAL.contains(text)
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  static String list(Collection<String> texts) {
    return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
  }

  static String map(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
