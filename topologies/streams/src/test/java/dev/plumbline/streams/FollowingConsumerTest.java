package dev.plumbline.streams;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** All that a consumer does with its pauses, where somebody reads for it. */
final class FollowingConsumerTest extends WatchedConsumerTest {

  private @Nullable SharedReading reading;

  @Override
  Optional<SharedReading> shared(String bootstrap) {
    reading = SharedReading.start(Map.of("bootstrap.servers", bootstrap));
    return Optional.of(reading);
  }

  @AfterEach
  void closeReading() {
    if (reading != null) {
      reading.close();
    }
  }
}
