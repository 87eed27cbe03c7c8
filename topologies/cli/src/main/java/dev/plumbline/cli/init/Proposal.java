package dev.plumbline.cli.init;

import dev.plumbline.pipeline.mapping.SchemaLookup;
import java.util.List;

/** Proposes a monitor file from two samples. */
public final class Proposal {

  private Proposal() {}

  /**
   * The lines of the file.
   *
   * @param labels the same sample where labels are among the predictions
   * @throws dev.plumbline.cli.failure.Failure if records cannot be read, or nothing in them belongs
   *     together
   */
  public static List<String> of(
      String name, Sample predictions, Sample labels, SchemaLookup registry) {
    Input first = Input.of(predictions, registry);
    Pairing pairing =
        Matching.of(first, labels.equals(predictions) ? first : Input.of(labels, registry));
    return MonitorText.of(name, new Draft(pairing, Meaning.of(pairing)));
  }
}
