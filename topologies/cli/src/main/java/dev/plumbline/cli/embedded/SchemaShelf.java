package dev.plumbline.cli.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** Schemas by id, subjects with their versions, compatibility levels; all in memory. */
final class SchemaShelf {

  private final List<Shelved> byId = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new HashMap<>();
  private CompatibilityLevel globalLevel = CompatibilityLevel.BACKWARD;

  /**
   * A schema in its place.
   *
   * @param version 1, 2, ... within the subject
   * @param id 1, 2, ...; equal schemas have one id in all subjects
   */
  record Version(String subject, int version, int id, Shelved schema) {}

  /** Puts a schema under a subject, unless it is there; its id. */
  synchronized int register(String subject, Shelved schema) {
    List<Integer> ids = subjects.getOrDefault(subject, List.of());
    Optional<Integer> present = ids.stream().filter(id -> schema(id).isSame(schema)).findFirst();
    return present.orElseGet(() -> add(subject, schema));
  }

  private int add(String subject, Shelved schema) {
    CompatibilityLevel level = levels.getOrDefault(subject, globalLevel);
    if (!admits(level, schema, schemas(subject))) {
      throw new RegistryFault(
          RegistryFault.CONFLICT,
          "schema is incompatible with an earlier one of subject %s at level %s"
              .formatted(subject, level));
    }
    int id = idOf(schema);
    subjects.computeIfAbsent(subject, s -> new ArrayList<>()).add(id);
    return id;
  }

  private int idOf(Shelved schema) {
    for (int i = 0; i < byId.size(); i++) {
      if (byId.get(i).isSame(schema)) {
        return i + 1;
      }
    }
    byId.add(schema);
    return byId.size();
  }

  /** The schema with an id. */
  synchronized Shelved schema(int id) {
    if (id < 1 || id > byId.size()) {
      throw new RegistryFault(RegistryFault.SCHEMA_NOT_FOUND, "no schema has the id " + id);
    }
    return byId.get(id - 1);
  }

  /** Names of all subjects. */
  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** Versions of a subject, oldest first. */
  synchronized List<Version> versions(String subject) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      throw new RegistryFault(RegistryFault.SUBJECT_NOT_FOUND, "no subject is named " + subject);
    }
    return IntStream.range(0, ids.size())
        .mapToObj(i -> new Version(subject, i + 1, ids.get(i), schema(ids.get(i))))
        .toList();
  }

  /** One version of a subject: its number, or {@code latest}. */
  Version version(String subject, String which) {
    List<Version> versions = versions(subject);
    int number = which.equals("latest") ? versions.size() : number(which);
    if (number < 1 || number > versions.size()) {
      throw new RegistryFault(
          RegistryFault.VERSION_NOT_FOUND, "subject " + subject + " has no version " + which);
    }
    return versions.get(number - 1);
  }

  private static int number(String version) {
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException e) {
      throw new RegistryFault(
          RegistryFault.INVALID_VERSION, "version must be a number or latest, was " + version);
    }
  }

  /** The version of a subject that has this schema. */
  Version lookUp(String subject, Shelved schema) {
    return versions(subject).stream()
        .filter(version -> version.schema().isSame(schema))
        .findFirst()
        .orElseThrow(
            () ->
                new RegistryFault(
                    RegistryFault.SCHEMA_NOT_FOUND, "subject " + subject + " lacks this schema"));
  }

  /** Whether a schema could be read with, and read, one version as the subject's level asks. */
  boolean compatible(String subject, String which, Shelved schema) {
    CompatibilityLevel level = effectiveLevel(subject);
    return admits(level, schema, List.of(version(subject, which).schema()));
  }

  private synchronized CompatibilityLevel effectiveLevel(String subject) {
    return levels.getOrDefault(subject, globalLevel);
  }

  /** Level of all subjects without one of their own. */
  synchronized CompatibilityLevel level() {
    return globalLevel;
  }

  /** A subject's own level. */
  synchronized CompatibilityLevel level(String subject) {
    CompatibilityLevel level = levels.get(subject);
    if (level == null) {
      throw new RegistryFault(
          RegistryFault.NO_LEVEL_OF_ITS_OWN, "subject " + subject + " has no level of its own");
    }
    return level;
  }

  synchronized void setLevel(CompatibilityLevel level) {
    globalLevel = level;
  }

  synchronized void setLevel(String subject, CompatibilityLevel level) {
    levels.put(subject, level);
  }

  private List<Shelved> schemas(String subject) {
    return subjects.getOrDefault(subject, List.of()).stream().map(this::schema).toList();
  }

  /** Only Avro schemas are compared; whoever sends others has done so. */
  private static boolean admits(CompatibilityLevel level, Shelved next, List<Shelved> earlier) {
    List<Schema> comparable = earlier.stream().flatMap(one -> one.avro().stream()).toList();
    return next.avro().map(schema -> level.admits(schema, comparable)).orElse(true);
  }
}
