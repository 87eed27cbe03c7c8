package dev.plumbline.state.health;

/**
 * An input partition.
 *
 * @param isLabels whether it brings labels alone
 */
public record Feed(String topic, int partition, boolean isLabels) {}
