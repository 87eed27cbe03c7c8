package dev.plumbline.state.join;

/**
 * A change of a counter at an arrival pane.
 *
 * @param pane arrival pane: when the change enters metrics, evidence and books
 */
public record Delta(long pane, Counter counter) {}
