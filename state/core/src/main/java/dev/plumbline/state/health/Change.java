package dev.plumbline.state.health;

/**
 * A condition opened or closed.
 *
 * @param since when it opened, wall-clock milliseconds
 */
public record Change(Condition condition, Where where, boolean isOpen, long since, Seen seen) {}
