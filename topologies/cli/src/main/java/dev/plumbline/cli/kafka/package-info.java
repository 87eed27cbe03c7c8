/** Clusters that commands work on: the user's, or one inside the process. */
@NullMarked
package dev.plumbline.cli.kafka;

import org.jspecify.annotations.NullMarked;
