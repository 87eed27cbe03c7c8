/** Reading recorded files through the steps of a monitor, by either engine. */
@NullMarked
package dev.plumbline.cli.replay;

import org.jspecify.annotations.NullMarked;
