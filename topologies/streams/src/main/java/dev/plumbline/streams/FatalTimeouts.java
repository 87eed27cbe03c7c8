package dev.plumbline.streams;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A producer whose timeouts end its thread.
 *
 * <p>On a timeout Kafka Streams revives only the tasks that it hit, and commits the transaction of
 * the thread, with what these tasks have sent, for the others. So a commit that timed out now and
 * then left tasks without records, and one that hit a single task would commit half of its work.
 * Any other failure ends the thread with its transaction, and a new one goes on from the last
 * commit.
 */
record FatalTimeouts(Producer<byte[], byte[]> producer) implements InvocationHandler {

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
    try {
      return method.invoke(producer, arguments);
    } catch (InvocationTargetException thrown) {
      Throwable failure = thrown.getTargetException();
      if (failure instanceof TimeoutException) {
        throw new KafkaException("broker did not answer in time: " + method.getName(), failure);
      }
      throw failure;
    }
  }
}
