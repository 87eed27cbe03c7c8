package dev.plumbline.testkit;

/**
 * The frontier stopped waiting for an idle partition and was told when to wait again (FLOW section
 * 1, Idle).
 *
 * @param partition index of the partition in the log
 * @param offset first offset whose records are raised; those before it are not touched
 * @param answerPane pane that waits for the partition again: arrivals are at least its start
 */
public record Exclusion(int partition, long offset, long answerPane) {}
