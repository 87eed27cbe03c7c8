package dev.plumbline.schemas;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.Metadata;
import io.confluent.kafka.schemaregistry.client.rest.entities.RuleSet;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaEntity;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema that is no Avro schema, as the registry's client passes it on: its text, unread.
 *
 * @param imports texts of the schemas that it refers to, directly or not, by name
 */
record TextSchema(
    String type, String text, List<SchemaReference> references, Map<String, String> imports)
    implements ParsedSchema {

  @Override
  public String schemaType() {
    return type;
  }

  @Override
  public @Nullable String name() {
    return null;
  }

  @Override
  public String canonicalString() {
    return text;
  }

  @Override
  public @Nullable Integer version() {
    return null;
  }

  @Override
  public @Nullable Metadata metadata() {
    return null;
  }

  @Override
  public @Nullable RuleSet ruleSet() {
    return null;
  }

  @Override
  public ParsedSchema copy() {
    return this;
  }

  @Override
  public ParsedSchema copy(Integer version) {
    return this;
  }

  @Override
  public ParsedSchema copy(Metadata metadata, RuleSet ruleSet) {
    return this;
  }

  @Override
  public ParsedSchema copy(
      Map<SchemaEntity, Set<String>> tagsToAdd, Map<SchemaEntity, Set<String>> tagsToRemove) {
    return this;
  }

  @Override
  public List<String> isBackwardCompatible(ParsedSchema previous) {
    throw new UnsupportedOperationException("whoever registers such a schema checks it");
  }

  @Override
  public Object rawSchema() {
    return text;
  }
}
