package dev.plumbline.e2e.purity;

import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/** The transactions in the internal and output topics of a monitor, as the broker has them. */
final class Transactions {

  private static final int BROKER_ID = 1;

  private final Admin admin;
  private final GeneratedMonitor monitor;

  Transactions(Admin admin, GeneratedMonitor monitor) {
    this.admin = admin;
    this.monitor = monitor;
  }

  /** Where a transaction that is open has begun in a partition. */
  record Open(long producer, TopicPartition partition, long startOffset) {}

  /** The transactions that are open, in each partition that they have written to. */
  Set<Open> open() throws ExecutionException, InterruptedException {
    Set<Open> open = new HashSet<>();
    for (var entry : admin.describeProducers(logs().keySet()).all().get().entrySet()) {
      for (var state : entry.getValue().activeProducers()) {
        state
            .currentTransactionStartOffset()
            .ifPresent(start -> open.add(new Open(state.producerId(), entry.getKey(), start)));
      }
    }
    return open;
  }

  /** All producers of the monitor that ever were. */
  Set<Long> producers() throws ExecutionException, InterruptedException {
    Set<Long> producers = new HashSet<>();
    for (TransactionListing listing : admin.listTransactions().all().get()) {
      if (listing.transactionalId().startsWith(prefix())) {
        producers.add(listing.producerId());
      }
    }
    return producers;
  }

  /** Producers of which a transaction was aborted, from the markers in the log segments. */
  Set<Long> aborted() throws ExecutionException, InterruptedException, IOException {
    Set<Long> producers = new HashSet<>();
    for (File folder : logs().values()) {
      File[] segments = folder.listFiles((parent, name) -> name.endsWith(".log"));
      for (File segment : segments == null ? new File[0] : segments) {
        FileRecords records = FileRecords.open(segment, false);
        try {
          records.batches().forEach(batch -> addAborted(batch, producers));
        } finally {
          records.closeHandlers(); // to close them would cut off what has been written meanwhile
        }
      }
    }
    return producers;
  }

  private static void addAborted(RecordBatch batch, Set<Long> producers) {
    if (batch.isControlBatch()) {
      batch.forEach(
          marker -> {
            if (ControlRecordType.parse(marker.key()) == ControlRecordType.ABORT) {
              producers.add(batch.producerId());
            }
          });
    }
  }

  /** Bytes of the changelogs of a stage. */
  long changelogBytes(String stage) throws ExecutionException, InterruptedException {
    String topic = prefix() + stage + "-state-changelog";
    return folders().values().stream()
        .flatMap(folder -> folder.replicaInfos().entrySet().stream())
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  private Map<String, LogDirDescription> folders() throws ExecutionException, InterruptedException {
    Map<String, LogDirDescription> folders =
        admin.describeLogDirs(List.of(BROKER_ID)).allDescriptions().get().get(BROKER_ID);
    if (folders == null) {
      throw new AssertionError("expected a broker " + BROKER_ID);
    }
    return folders;
  }

  /** Folder of each partition. */
  private Map<TopicPartition, File> logs() throws ExecutionException, InterruptedException {
    Map<TopicPartition, File> logs = new HashMap<>();
    Collection<String> outputs = monitor.outputs().values();
    folders()
        .forEach(
            (folder, description) ->
                description
                    .replicaInfos()
                    .keySet()
                    .forEach(
                        partition -> {
                          String topic = partition.topic();
                          if (outputs.contains(topic) || topic.startsWith(prefix())) {
                            logs.put(partition, new File(folder, partition.toString()));
                          }
                        }));
    return logs;
  }

  /** What the names of internal topics and of producers begin with. */
  private String prefix() {
    return "plumbline-" + monitor.name() + "-";
  }
}
