package dev.plumbline.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedBrokerTest {

  private static final EmbeddedBroker BROKER = EmbeddedBroker.start(Map.of("num.partitions", "3"));

  @AfterAll
  static void stop() {
    BROKER.close();
  }

  @Test
  void aRecordComesBack() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      admin.createTopics(Set.of(new NewTopic("t", 1, (short) 1))).all().get();
    }
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", BROKER.bootstrapServers(),
            "group.id", "g",
            "auto.offset.reset", "earliest");
    try (Producer<String, String> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        Consumer<String, String> consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      producer.send(new ProducerRecord<>("t", "key", "value")).get();
      consumer.subscribe(Set.of("t"));

      ConsumerRecord<String, String> record = first(consumer);

      assertThat(record.key()).isEqualTo("key");
      assertThat(record.value()).isEqualTo("value");
    }
  }

  @Test
  void extraSettingsReachTheBroker() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      admin.createTopics(Set.of(new NewTopic("s", Optional.empty(), Optional.empty()))).all().get();

      assertThat(admin.describeTopics(Set.of("s")).allTopicNames().get().values())
          .singleElement()
          .satisfies(topic -> assertThat(topic.partitions()).hasSize(3));
    }
  }

  private static ConsumerRecord<String, String> first(Consumer<String, String> consumer) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    while (records.isEmpty()) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records.get(0);
  }
}
