@NullMarked
package dev.plumbline.cli.replay;

import org.jspecify.annotations.NullMarked;
