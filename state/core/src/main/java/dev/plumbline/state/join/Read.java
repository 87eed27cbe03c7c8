package dev.plumbline.state.join;

/** A record with its place in reading order. */
record Read<E>(int index, Arrived arrived, E event) {

  int compareArrival(Read<?> other) {
    int order = Long.compare(arrived.arrival(), other.arrived.arrival());
    return order != 0 ? order : Integer.compare(arrived.partition(), other.arrived.partition());
  }
}
