/**
 * The bytes of state and of messages between our own steps: variable-length integers and texts that
 * are written once per block.
 */
@NullMarked
package dev.plumbline.state.wire;

import org.jspecify.annotations.NullMarked;
