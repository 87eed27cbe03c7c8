/** What a monitor published, as files and as tables for people. */
@NullMarked
package dev.plumbline.cli.output;

import org.jspecify.annotations.NullMarked;
