/** Tests of many monitors in one process. */
@NullMarked
package dev.plumbline.cli.fleet;

import org.jspecify.annotations.NullMarked;
