/** The demo: generated traffic with planted faults through the real engine. */
@NullMarked
package dev.plumbline.cli.demo;

import org.jspecify.annotations.NullMarked;
