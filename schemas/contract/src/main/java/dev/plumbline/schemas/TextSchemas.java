package dev.plumbline.schemas;

import io.confluent.kafka.schemaregistry.AbstractSchemaProvider;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;

/** Lets the registry's client pass schemas of a type on as texts. */
final class TextSchemas extends AbstractSchemaProvider {

  private final String type;

  TextSchemas(String type) {
    this.type = type;
  }

  @Override
  public String schemaType() {
    return type;
  }

  @Override
  public ParsedSchema parseSchemaOrElseThrow(Schema schema, boolean isNew, boolean normalize) {
    return new TextSchema(
        type, schema.getSchema(), schema.getReferences(), resolveReferences(schema));
  }
}
