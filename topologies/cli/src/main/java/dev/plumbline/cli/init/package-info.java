/** A monitor file proposed from samples of predictions and labels. */
@NullMarked
package dev.plumbline.cli.init;

import org.jspecify.annotations.NullMarked;
