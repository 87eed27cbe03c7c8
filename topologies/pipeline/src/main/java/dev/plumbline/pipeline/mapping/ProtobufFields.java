package dev.plumbline.pipeline.mapping;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the paths of the monitor file lead in messages of one type, each looked up once. Not safe
 * for use by several threads.
 */
final class ProtobufFields {

  private static final int MAP_VALUE = 2;

  private final Descriptor type;
  private final IdentityHashMap<FieldPath, Optional<List<Step>>> ways = new IdentityHashMap<>();
  private final Map<Descriptor, ProtobufFields> parts = new HashMap<>();

  /**
   * A step into a message.
   *
   * @param key of the entry, where the field is a map that is looked into
   */
  record Step(FieldDescriptor field, @Nullable String key) {

    /** The field that holds what the step leads to. */
    FieldDescriptor target() {
      return key == null ? field : field.getMessageType().findFieldByNumber(MAP_VALUE);
    }
  }

  ProtobufFields(Descriptor type) {
    this.type = type;
  }

  /** The fields of a nested message. */
  ProtobufFields of(Descriptor part) {
    return parts.computeIfAbsent(part, ProtobufFields::new);
  }

  /** The steps of a path, at least one; empty if it leads nowhere. */
  Optional<List<Step>> way(FieldPath path) {
    Optional<List<Step>> known = ways.get(path);
    if (known == null) {
      known = find(path.steps());
      ways.put(path, known);
    }
    return known;
  }

  private Optional<List<Step>> find(List<String> names) {
    List<Step> steps = new ArrayList<>();
    Optional<Descriptor> at = Optional.of(type);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      FieldDescriptor field = at.map(one -> one.findFieldByName(name)).orElse(null);
      if (field == null) {
        return Optional.empty();
      }
      boolean isLookedInto = field.isMapField() && i + 1 < names.size();
      Step step = new Step(field, isLookedInto ? names.get(++i) : null);
      steps.add(step);
      at = message(step.target());
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps);
  }

  private static Optional<Descriptor> message(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()
        ? Optional.of(field.getMessageType())
        : Optional.empty();
  }
}
