/**
 * Failover: which source answers for which capability now, and why. A pure function; it must not
 * know how sources are asked, nor what they answer.
 */
@NullMarked
package dev.mhs.core.select;

import org.jspecify.annotations.NullMarked;
