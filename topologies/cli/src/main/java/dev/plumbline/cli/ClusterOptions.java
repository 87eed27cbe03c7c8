package dev.plumbline.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands that work on the user's cluster. */
final class ClusterOptions {

  private static final String REGISTRY = "schema.registry.";

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT,...",
      description = "Brokers of the cluster.")
  private String servers;

  @Option(
      names = "--config",
      paramLabel = "KEY=VALUE",
      description = {
        "A property of Kafka clients or Kafka Streams, such as security.protocol=SSL; may be"
            + " repeated. Those that begin with schema.registry. go to the registry's client,"
            + " without that beginning."
      })
  private Map<String, String> config = new LinkedHashMap<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ClusterOptions() {}

  String servers() {
    return servers;
  }

  /** Settings of Kafka clients. */
  Map<String, String> clients() {
    Map<String, String> settings = new HashMap<>();
    config.forEach(
        (key, value) -> {
          if (!key.startsWith(REGISTRY)) {
            settings.put(key, value);
          }
        });
    settings.put("bootstrap.servers", servers);
    return settings;
  }

  /** Settings of the registry's client. */
  Map<String, String> registry() {
    Map<String, String> settings = new HashMap<>();
    config.forEach(
        (key, value) -> {
          if (key.startsWith(REGISTRY)) {
            settings.put(key.substring(REGISTRY.length()), value);
          }
        });
    return settings;
  }
}
