package dev.plumbline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.kafka.TopicPlan;
import dev.plumbline.cli.kafka.TopicPlan.Acl;
import dev.plumbline.cli.kafka.TopicPlan.Kind;
import dev.plumbline.cli.kafka.TopicPlan.Planned;
import dev.plumbline.cli.output.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a monitor needs on a cluster, for people and for scripts. */
final class PlanText {

  private static final int BROKERS_DEFAULT = -1;

  private PlanText() {}

  static List<String> lines(TopicPlan plan, int replication) {
    List<String> lines = new ArrayList<>();
    lines.add("monitor " + plan.monitor());
    lines.add("application id and consumer group: " + plan.applicationId());
    lines.add("transactional ids: " + plan.transactionalIds() + "*");
    lines.add("");
    List<List<String>> topics = new ArrayList<>();
    topics.add(List.of("topic", "kind", "partitions", "replication", "settings"));
    plan.topics().forEach(topic -> topics.add(row(topic, replication)));
    lines.addAll(Columns.aligned(topics));
    lines.add("");
    lines.add(
        "Inputs are yours. Outputs and internal topics are created by plumbline topics create, or"
            + " by the first run; those of the engine by the first run too, where nobody has created them like this.");
    lines.add("");
    List<List<String>> acls = new ArrayList<>();
    acls.add(List.of("allow", "resource", "pattern", "name"));
    for (Acl acl : plan.acls()) {
      acls.add(List.of(acl.operation(), acl.resource(), acl.pattern(), acl.name()));
    }
    lines.addAll(Columns.aligned(acls));
    lines.add("");
    lines.add(
        "Create is not needed for topics that are there. DescribeConfigs is for plumbline topics"
            + " check. Readers of outputs need Read on them.");
    return lines;
  }

  private static List<String> row(Planned topic, int replication) {
    boolean isInput = topic.kind() == Kind.INPUT;
    return List.of(
        topic.name(),
        Words.of(topic.kind()),
        partitions(topic),
        isInput ? "as it is" : replication == BROKERS_DEFAULT ? "broker's" : "" + replication,
        topic.settings().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(" ")));
  }

  private static String partitions(Planned topic) {
    if (topic.partitions().isPresent()) {
      return Integer.toString(topic.partitions().getAsInt());
    }
    return topic.like().isEmpty() ? "as it is" : "as " + topic.like();
  }

  static String json(TopicPlan plan, int replication) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("monitor", plan.monitor())
        .put("application_id", plan.applicationId())
        .put("group", plan.applicationId())
        .put("transactional_id_prefix", plan.transactionalIds());
    for (Planned topic : plan.topics()) {
      ObjectNode node = root.withArray("topics").addObject();
      node.put("name", topic.name()).put("kind", Words.of(topic.kind()));
      if (topic.partitions().isPresent()) {
        node.put("partitions", topic.partitions().getAsInt());
      } else {
        node.putNull("partitions");
      }
      node.put("partitions_of", topic.like().isEmpty() ? null : topic.like());
      if (topic.kind() == Kind.INPUT || replication == BROKERS_DEFAULT) {
        node.putNull("replication");
      } else {
        node.put("replication", replication);
      }
      ObjectNode settings = node.putObject("settings");
      topic.settings().forEach(settings::put);
    }
    for (Acl acl : plan.acls()) {
      root.withArray("acls")
          .addObject()
          .put("operation", acl.operation())
          .put("resource", acl.resource())
          .put("pattern", acl.pattern())
          .put("name", acl.name());
    }
    return root.toPrettyString();
  }
}
