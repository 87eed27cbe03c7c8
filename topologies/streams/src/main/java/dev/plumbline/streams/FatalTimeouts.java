package dev.plumbline.streams;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A producer that takes a timeout of a send or a commit for a failure of its thread.
 *
 * <p>On a timeout Kafka Streams revives only the tasks that it hit, and commits the transaction of
 * the thread, with what these tasks have sent, for the others. So a commit that timed out now and
 * then left tasks without records, and one that hit a single task would commit half of its work.
 * Any other failure ends the thread with its transaction, and a new one goes on from the last
 * commit. Timeouts where a transaction begins or is given up are left to Kafka Streams: nothing is
 * half done there.
 */
record FatalTimeouts(Producer<byte[], byte[]> producer) implements InvocationHandler {

  private static final Set<String> COMMITTING =
      Set.of("commitTransaction", "sendOffsetsToTransaction", "partitionsFor");

  @SuppressWarnings("unchecked") // the proxy passes each call to such a producer
  static Producer<byte[], byte[]> of(Producer<byte[], byte[]> producer) {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            FatalTimeouts.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            new FatalTimeouts(producer));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments)
      throws Throwable {
    // A send does not throw: it tells its callback.
    if (method.getName().equals("send") && arguments[1] instanceof Callback callback) {
      arguments[1] =
          (Callback) (sent, failure) -> callback.onCompletion(sent, fatal("send", failure));
    }
    try {
      return method.invoke(producer, arguments);
    } catch (InvocationTargetException thrown) {
      Throwable failure = thrown.getTargetException();
      if (COMMITTING.contains(method.getName()) && failure instanceof TimeoutException timeout) {
        throw Objects.requireNonNull(fatal(method.getName(), timeout));
      }
      throw failure;
    }
  }

  private static @Nullable Exception fatal(String call, @Nullable Exception failure) {
    return failure instanceof TimeoutException
        ? new KafkaException("broker did not answer in time: " + call, failure)
        : failure;
  }
}
