@NullMarked
package dev.plumbline.cli.init;

import org.jspecify.annotations.NullMarked;
