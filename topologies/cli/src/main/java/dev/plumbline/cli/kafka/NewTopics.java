package dev.plumbline.cli.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** Brokers hear of new topics with a delay: who asks too soon is told that there are none. */
final class NewTopics {

  private static final int ATTEMPTS = 40;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private NewTopics() {}

  /** Waits, ten seconds at most, until every broker that is asked knows these topics. */
  static void await(Admin admin, Collection<String> topics) {
    for (int attempt = 0; attempt < ATTEMPTS && !areKnown(admin, topics); attempt++) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean areKnown(Admin admin, Collection<String> topics) {
    try {
      admin.describeTopics(topics).allTopicNames().get();
      return true;
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
