package dev.plumbline.schemas;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A schema registry that speaks Confluent's protocol; the only class that touches its client.
 *
 * <p>Subjects are {@code <topic>-value}. What was once answered is remembered: a schema never
 * changes under its id. Safe for use by several threads.
 */
public final class Registry implements AutoCloseable {

  private static final String BACKWARD = "BACKWARD";

  /** Levels that promise BACKWARD or more; a subject that has one keeps it. */
  private static final Set<String> SUFFICIENT =
      Set.of(BACKWARD, "BACKWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE");

  private static final int CACHED_SCHEMAS = 1000;
  private static final int TIMEOUT_MILLIS = 10_000;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int VERSION_NOT_FOUND = 40402;
  private static final int SCHEMA_NOT_FOUND = 40403;

  /** Error codes of a definite "there is none". */
  private static final Set<Integer> ABSENT =
      Set.of(SUBJECT_NOT_FOUND, VERSION_NOT_FOUND, SCHEMA_NOT_FOUND);

  private static final int FIRST_CLIENT_FAULT = 400;
  private static final int FIRST_SERVER_FAULT = 500;

  /** Client faults that pass: request timeout, too many requests. */
  private static final Set<Integer> PASSING_FAULTS = Set.of(408, 429);

  private final String url;
  private final SchemaRegistryClient client;
  private final Map<Integer, SchemaAnswer> known = new ConcurrentHashMap<>();
  private final Map<Registration, Integer> registered = new ConcurrentHashMap<>();

  private record Registration(String topic, Schema schema) {}

  private Registry(String url, SchemaRegistryClient client) {
    this.url = url;
    this.client = client;
  }

  /** The registry at a url; it is first contacted when it is first asked. */
  public static Registry at(String url) {
    return at(url, Map.of());
  }

  /**
   * The registry at a url.
   *
   * @param url one url, or several of one registry, separated by commas
   * @param settings settings of Confluent's client, such as {@code basic.auth.user.info}
   */
  public static Registry at(String url, Map<String, String> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put(SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, TIMEOUT_MILLIS);
    all.put(SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, TIMEOUT_MILLIS);
    all.putAll(settings);
    List<SchemaProvider> types =
        List.of(
            new AvroSchemaProvider(),
            new TextSchemas(SchemaAnswer.Text.JSON),
            new TextSchemas(SchemaAnswer.Text.PROTOBUF));
    return new Registry(url, new CachedSchemaRegistryClient(url, CACHED_SCHEMAS, types, all));
  }

  /** Where the registry is. */
  public String url() {
    return url;
  }

  /** Subject of a topic's values. */
  public static String subject(String topic) {
    return topic + "-value";
  }

  /**
   * Registers a schema for a topic's values, unless it is there, and sees to it that the subject's
   * compatibility is at least BACKWARD.
   *
   * @return the schema's id
   * @throws RegistryException if the registry cannot be reached, fails or refuses
   */
  public int register(String topic, Schema schema) {
    return registered.computeIfAbsent(new Registration(topic, schema), this::registerNow);
  }

  private int registerNow(Registration wanted) {
    String subject = subject(wanted.topic());
    try {
      int id = client.register(subject, new AvroSchema(wanted.schema()));
      keepBackward(subject);
      return id;
    } catch (RestClientException e) {
      throw refused("register a schema for " + subject, e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /* After the registration, as some registries know no level of a subject that is not there yet. */
  private void keepBackward(String subject) throws IOException, RestClientException {
    if (!SUFFICIENT.contains(level(subject))) {
      client.updateConfig(subject, new Config(BACKWARD));
    }
  }

  private String level(String subject) throws IOException, RestClientException {
    try {
      return client.getConfig(subject).getCompatibilityLevel();
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        return "";
      }
      throw e;
    }
  }

  /**
   * The schema with an id. Only the registry's own word that it has none is {@link
   * SchemaAnswer.Unknown}; a wrong url or a failing server is not.
   */
  public SchemaAnswer schema(int id) {
    SchemaAnswer answer = known.get(id);
    return answer == null ? ask(id) : answer;
  }

  private SchemaAnswer ask(int id) {
    try {
      SchemaAnswer answer = answer(client.getSchemaById(id));
      known.put(id, answer);
      return answer;
    } catch (RestClientException e) {
      return definitelyAbsent(e)
          ? new SchemaAnswer.Unknown(id)
          : new SchemaAnswer.Unavailable(refusal("read schema " + id, e));
    } catch (IOException e) {
      return new SchemaAnswer.Unavailable(silence(e));
    }
  }

  private static SchemaAnswer answer(ParsedSchema schema) {
    return schema instanceof TextSchema other
        ? new SchemaAnswer.Text(other.type(), other.text(), other.imports())
        : new SchemaAnswer.Known(((AvroSchema) schema).rawSchema());
  }

  /**
   * The newest schema of a topic's values; empty if the registry knows none.
   *
   * @throws RegistryException if the registry cannot be reached, fails or refuses
   */
  public Optional<Schema> latest(String topic) {
    String subject = subject(topic);
    try {
      int id = client.getLatestSchemaMetadata(subject).getId();
      return Optional.of(((AvroSchema) client.getSchemaById(id)).rawSchema());
    } catch (RestClientException e) {
      if (definitelyAbsent(e)) {
        return Optional.empty();
      }
      throw refused("read the latest schema of " + subject, e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /* A 404 without one of these codes comes from something else: a proxy, a wrong path. */
  private static boolean definitelyAbsent(RestClientException e) {
    return e.getStatus() == NOT_FOUND && ABSENT.contains(e.getErrorCode());
  }

  private RegistryException refused(String wish, RestClientException e) {
    return new RegistryException(refusal(wish, e), passes(e.getStatus()), e);
  }

  private RegistryException unreachable(IOException e) {
    return new RegistryException(silence(e), true, e);
  }

  private static boolean passes(int status) {
    return status < FIRST_CLIENT_FAULT
        || status >= FIRST_SERVER_FAULT
        || PASSING_FAULTS.contains(status);
  }

  private String refusal(String wish, RestClientException e) {
    String remedy =
        e.getStatus() == CONFLICT
            ? "an incompatible schema is registered there: write to topics with another prefix, or"
                + " remove the subject if nothing reads it"
            : "check that this is the url of a schema registry and that you may do this there";
    return "the schema registry at %s was asked to %s and answered %d: %s; %s"
        .formatted(url, wish, e.getStatus(), e.getMessage(), remedy);
  }

  private String silence(IOException e) {
    return "the schema registry at %s gave no usable answer: %s; start it, or correct its url"
        .formatted(url, e);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the client of the registry at " + url, e);
    }
  }
}
