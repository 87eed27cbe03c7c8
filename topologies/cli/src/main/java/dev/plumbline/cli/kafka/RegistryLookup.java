package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.schemas.Registry;

/** What a registry answers, in the words of the mapping. */
public record RegistryLookup(Registry registry) implements SchemaLookup {

  @Override
  public Answer schema(int id) {
    return registry
        .schema(id)
        .<Answer>fold(
            known -> new Answer.Known(known.schema()),
            text -> new Answer.Text(text.type(), text.text(), text.imports()),
            unknown -> new Answer.Unknown(),
            unavailable -> new Answer.Unavailable(unavailable.problem()));
  }
}
