/** The embedded broker and registry with real clients. */
@NullMarked
package dev.plumbline.cli.embedded;

import org.jspecify.annotations.NullMarked;
