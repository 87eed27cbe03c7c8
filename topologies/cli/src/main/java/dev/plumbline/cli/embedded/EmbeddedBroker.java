package dev.plumbline.cli.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node, broker and controller in one, on the loopback interface. Its data lie in a
 * temporary folder and are deleted when it is closed.
 *
 * <p>A first start takes two to five seconds on an idle machine and much longer on a busy one; use
 * one broker per process.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int NODE_ID = 1;

  /** What does not depend on ports and folders. Extra settings may override these. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", Integer.toString(NODE_ID)),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("inter.broker.listener.name", "PLAINTEXT"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("auto.create.topics.enable", "false"));

  private final KafkaRaftServer server;
  private final Path folder;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, Path folder, int port) {
    this.server = server;
    this.folder = folder;
    this.port = port;
  }

  /** Starts a broker; returns when it answers. */
  public static EmbeddedBroker start() {
    return start(Map.of());
  }

  /**
   * Starts a broker; returns when it answers.
   *
   * @param extra broker settings that are added or override
   * @throws IllegalStateException if the broker does not start
   */
  public static EmbeddedBroker start(Map<String, String> extra) {
    Path folder = temporaryFolder();
    try {
      List<Integer> ports = freePorts();
      format(folder);
      KafkaRaftServer server =
          new KafkaRaftServer(new KafkaConfig(settings(folder, ports, extra)), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, folder, ports.get(0));
    } catch (Exception e) { // The broker's own methods declare no more than this.
      delete(folder);
      throw new IllegalStateException("the embedded broker did not start: " + e.getMessage(), e);
    }
  }

  /** Where clients find it: host and port. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  @Override
  public void close() {
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      delete(folder);
    }
  }

  private static Map<String, String> settings(
      Path folder, List<Integer> ports, Map<String, String> extra) {
    String client = "PLAINTEXT://" + HOST + ":" + ports.get(0);
    String controller = HOST + ":" + ports.get(1);
    Map<String, String> settings = new HashMap<>(FIXED);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("listeners", client + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", client);
    settings.put("log.dirs", folder.toString());
    settings.putAll(extra);
    return settings;
  }

  private static void format(Path folder) throws Exception {
    try (PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silence)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE_ID)
          .setControllerListenerName("CONTROLLER")
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setIgnoreFormatted(true)
          .setHasDynamicQuorum(false)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .run();
    }
  }

  /** Two ports: both are held until both are known, so that they differ. */
  private static List<Integer> freePorts() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket other = new ServerSocket(0, 1, loopback)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("plumbline-broker-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for the embedded broker", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(EmbeddedBroker.class.getName())
          .log(System.Logger.Level.WARNING, "could not delete " + folder + ": " + e);
    }
  }
}
