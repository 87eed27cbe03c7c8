package dev.plumbline.cli.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A schema registry on the loopback interface that keeps everything in memory and speaks as much of
 * Confluent's protocol as its client uses: schemas, subjects, versions, compatibility. Avro only;
 * no references, no deletion.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int THREADS = 4;
  private static final int OK = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final RegistryRoutes routes = new RegistryRoutes(new SchemaShelf());
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, this::daemon);

  private EmbeddedRegistry(HttpServer server) {
    this.server = server;
  }

  /** Starts a registry on a free port. */
  public static EmbeddedRegistry start() {
    return start(0);
  }

  /**
   * Starts a registry.
   *
   * @param port port of the loopback interface; 0: any free one
   */
  public static EmbeddedRegistry start(int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
      EmbeddedRegistry registry = new EmbeddedRegistry(HttpServer.create(address, 0));
      registry.server.setExecutor(registry.threads);
      registry.server.createContext("/", registry::handle);
      registry.server.start();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the embedded registry cannot listen on %s:%d: %s".formatted(HOST, port, e.getMessage()),
          e);
    }
  }

  /** Where clients find it. */
  public String url() {
    return "http://" + HOST + ":" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A forgotten registry must not keep the process alive. */
  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "embedded-registry");
    thread.setDaemon(true);
    return thread;
  }

  /** An answer before it is sent. */
  private record Reply(int status, Object body) {}

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      byte[] bytes = json.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    try {
      JsonNode body = json.readTree(exchange.getRequestBody().readAllBytes());
      return new Reply(OK, routes.answer(exchange.getRequestMethod(), path(exchange), body));
    } catch (JsonProcessingException e) {
      return refusal(
          new RegistryFault(
              RegistryFault.INVALID_SCHEMA, "expected JSON: " + e.getOriginalMessage()));
    } catch (RegistryFault e) {
      return refusal(e);
    }
  }

  private static Reply refusal(RegistryFault fault) {
    return new Reply(
        fault.status(),
        Map.of("error_code", fault.code(), "message", String.valueOf(fault.getMessage())));
  }

  private static List<String> path(HttpExchange exchange) {
    return Stream.of(exchange.getRequestURI().getRawPath().split("/"))
        .filter(part -> !part.isEmpty())
        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
        .toList();
  }
}
