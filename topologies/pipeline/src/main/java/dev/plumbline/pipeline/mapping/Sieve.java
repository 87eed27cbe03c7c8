package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Selection;
import dev.plumbline.pipeline.monitor.Selection.Condition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The conditions of a feed, compiled. What is not there fulfils none. */
final class Sieve {

  private final List<Condition.OfHeader> headers = new ArrayList<>();
  private final List<Condition.OfType> types = new ArrayList<>();
  private final List<Condition.OfField> fields = new ArrayList<>();
  private final List<Condition.OfField> items = new ArrayList<>();

  Sieve(Selection selection) {
    for (Condition condition : selection.where()) {
      if (condition instanceof Condition.OfHeader header) {
        headers.add(header);
      } else if (condition instanceof Condition.OfType type) {
        types.add(type);
      } else if (condition instanceof Condition.OfField field) {
        boolean isOfItem = selection.explode().isPresent() && Scope.ITEM.begins(field.path());
        (isOfItem ? items : fields).add(canonical(field));
      }
    }
  }

  private static Condition.OfField canonical(Condition.OfField field) {
    Set<String> texts = new HashSet<>(field.texts());
    field.texts().forEach(text -> texts.add(CanonicalText.ofBare(text)));
    return new Condition.OfField(field.path(), texts);
  }

  /** Whether the headers are those of the feed; no condition costs nothing. */
  boolean admits(Incoming incoming) {
    for (int i = 0; i < headers.size(); i++) {
      byte[] value = incoming.headers().last(headers.get(i).name());
      if (value == null
          || !headers.get(i).texts().contains(new String(value, StandardCharsets.UTF_8))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a record is of a type of the feed. */
  boolean admitsType(Row record) {
    return types.stream().allMatch(type -> type.texts().contains(record.type()));
  }

  /** Whether the fields of a record are those of the feed. */
  boolean admits(Row record) {
    return allHold(fields, record);
  }

  /** Whether the fields of an element are those of the feed. */
  boolean admitsItem(Row item) {
    return allHold(items, item);
  }

  private static boolean allHold(List<Condition.OfField> conditions, Row row) {
    for (Condition.OfField condition : conditions) {
      FieldPath path = condition.path();
      if (CanonicalText.of(row.at(path)).filter(condition.texts()::contains).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
