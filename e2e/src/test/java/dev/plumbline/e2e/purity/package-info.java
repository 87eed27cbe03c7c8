/** P1: what is published is a pure function of the log, whatever an engine goes through. */
@NullMarked
package dev.plumbline.e2e.purity;

import org.jspecify.annotations.NullMarked;
