package dev.plumbline.cli;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.Cluster;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options of commands that work on the user's cluster. */
final class ClusterOptions {

  private static final String REGISTRY = "schema.registry.";

  /** As Kafka's clients read it: a protocol may stand before, an IPv6 address in brackets. */
  private static final Pattern SERVER =
      Pattern.compile("([a-zA-Z]+://)?([^:\\[\\]\\s]+|\\[[0-9a-fA-F:.]+\\]):[0-9]{1,5}");

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "Brokers of the cluster.")
  private String servers = "";

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

  /**
   * Connects to the cluster, and says first that it does.
   *
   * @throws Failure if the brokers are not named as such, or none answers
   */
  Cluster connect(PrintWriter progress) {
    if (servers.isEmpty()) {
      throw Failure.usage("--bootstrap-servers: expected the brokers of the cluster, was none");
    }
    for (String server : servers.split(",", -1)) {
      if (!SERVER.matcher(server.strip()).matches()) {
        throw Failure.usage(
            "--bootstrap-servers: expected host:port, or several with commas between them, was %s"
                .formatted(servers));
      }
    }
    progress.printf(
        "asking the Kafka brokers at %s, for at most %s ms%n",
        servers, Cluster.patience(clients()));
    progress.flush();
    return Cluster.at(clients());
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
