package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.IdHash;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the records of a topic mean: those of every feed that reads it. A record belongs to the
 * first feed whose {@code where} it fulfils. Not safe for use by several threads.
 */
public final class TopicMapping implements Function<Incoming, Mapped> {

  private final List<Mapping> feeds;

  private TopicMapping(List<Mapping> feeds) {
    this.feeds = feeds;
  }

  /**
   * The mapping of a topic.
   *
   * @param key hashes ids
   * @param decoders makes the decoder of a feed
   * @param registry says what the schemas of record keys are
   * @throws IllegalArgumentException if no feed of the monitor reads the topic
   */
  public static TopicMapping of(
      Monitor monitor,
      String topic,
      IdHash.Key key,
      Function<Feed, RowDecoder> decoders,
      SchemaLookup registry) {
    List<Mapping> feeds = new ArrayList<>();
    for (Feed.Predictions predictions : monitor.predictions()) {
      Feed feed = predictions.feed();
      if (feed.topic().equals(topic)) {
        feeds.add(Mapping.ofPredictions(monitor, predictions, key, decoders.apply(feed), registry));
      }
    }
    Feed labels = monitor.labels().feed();
    if (labels.topic().equals(topic)) {
      feeds.add(Mapping.ofLabels(monitor, key, decoders.apply(labels), registry));
    }
    for (Feed.Attributes attributes : monitor.attributes()) {
      Feed feed = attributes.feed();
      if (feed.topic().equals(topic)) {
        feeds.add(Mapping.ofAttributes(monitor, attributes, key, decoders.apply(feed), registry));
      }
    }
    if (feeds.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a topic of the monitor " + monitor.name() + ", was " + topic);
    }
    return new TopicMapping(feeds);
  }

  @Override
  public Mapped apply(Incoming record) {
    Mapped mapped = Mapped.FILTERED;
    for (int i = 0; i < feeds.size() && mapped instanceof Mapped.Filtered; i++) {
      mapped = feeds.get(i).map(record);
    }
    return mapped;
  }
}
