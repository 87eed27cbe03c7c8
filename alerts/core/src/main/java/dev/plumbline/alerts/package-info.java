/** What people are told: departures with a life cycle. Pure steps, no clock, no delivery. */
@NullMarked
package dev.plumbline.alerts;

import org.jspecify.annotations.NullMarked;
