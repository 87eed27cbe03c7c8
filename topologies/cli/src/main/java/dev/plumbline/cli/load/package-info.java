/** Files of attributes, each a version of all that is known, on their way to a topic. */
@NullMarked
package dev.plumbline.cli.load;

import org.jspecify.annotations.NullMarked;
