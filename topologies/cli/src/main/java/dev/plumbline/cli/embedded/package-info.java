/**
 * A broker and a schema registry inside this process, for the demo and for tests: on the loopback
 * interface, without security, gone with the process.
 */
@NullMarked
package dev.plumbline.cli.embedded;

import org.jspecify.annotations.NullMarked;
