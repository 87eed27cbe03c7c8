package dev.plumbline.cli.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests of Confluent's protocol, taken apart, and what a {@link SchemaShelf} says to them. */
final class RegistryRoutes {

  private static final int SUBJECT = 1;
  private static final int VERSION = 3;
  private static final int COMPATIBILITY_SUBJECT = 2;
  private static final int COMPATIBILITY_VERSION = 4;

  private final SchemaShelf shelf;

  RegistryRoutes(SchemaShelf shelf) {
    this.shelf = shelf;
  }

  /**
   * The body of the answer; errors are {@link RegistryFault}s.
   *
   * @param path decoded parts of the path
   */
  Object answer(String method, List<String> path, JsonNode body) {
    String first = path.isEmpty() ? "" : path.get(0);
    return switch (first) {
      case "schemas" -> schemas(method, path);
      case "subjects" -> subjects(method, path, body);
      case "config" -> config(method, path, body);
      case "compatibility" -> compatibility(method, path, body);
      default -> throw noRoute(method, path);
    };
  }

  private Object schemas(String method, List<String> path) {
    if (method.equals("GET") && path.size() == 3 && path.get(1).equals("ids")) {
      return shelf.schema(id(path.get(2))).answer();
    }
    throw noRoute(method, path);
  }

  private Object subjects(String method, List<String> path, JsonNode body) {
    return switch (method + " " + path.size()) {
      case "GET 1" -> shelf.subjects();
      case "POST 2" -> describe(shelf.lookUp(path.get(SUBJECT), Shelved.of(body)));
      case "GET 3" ->
          shelf.versions(path.get(SUBJECT)).stream().map(SchemaShelf.Version::version).toList();
      case "POST 3" -> Map.of("id", shelf.register(path.get(SUBJECT), Shelved.of(body)));
      case "GET 4" -> describe(shelf.version(path.get(SUBJECT), path.get(VERSION)));
      default -> throw noRoute(method, path);
    };
  }

  private Object config(String method, List<String> path, JsonNode body) {
    return switch (method + " " + path.size()) {
      case "GET 1" -> Map.of("compatibilityLevel", shelf.level());
      case "GET 2" -> Map.of("compatibilityLevel", shelf.level(path.get(SUBJECT)));
      case "PUT 1" -> {
        shelf.setLevel(level(body));
        yield body;
      }
      case "PUT 2" -> {
        shelf.setLevel(path.get(SUBJECT), level(body));
        yield body;
      }
      default -> throw noRoute(method, path);
    };
  }

  private Object compatibility(String method, List<String> path, JsonNode body) {
    if (method.equals("POST") && path.size() == COMPATIBILITY_VERSION + 1) {
      String subject = path.get(COMPATIBILITY_SUBJECT);
      String version = path.get(COMPATIBILITY_VERSION);
      return Map.of("is_compatible", shelf.compatible(subject, version, Shelved.of(body)));
    }
    throw noRoute(method, path);
  }

  private static Map<String, Object> describe(SchemaShelf.Version version) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("subject", version.subject());
    description.put("version", version.version());
    description.put("id", version.id());
    description.putAll(version.schema().answer());
    return description;
  }

  private static int id(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RegistryFault(RegistryFault.NOT_FOUND, "expected a schema id, was " + text);
    }
  }

  private static CompatibilityLevel level(JsonNode body) {
    return CompatibilityLevel.parse(body.path("compatibility").asText());
  }

  private static RegistryFault noRoute(String method, List<String> path) {
    return new RegistryFault(
        RegistryFault.NOT_FOUND,
        "the embedded registry does not answer " + method + " /" + String.join("/", path));
  }
}
