/** Many monitors in one process: which of them run, by the files of a directory. */
@NullMarked
package dev.plumbline.cli.fleet;

import org.jspecify.annotations.NullMarked;
