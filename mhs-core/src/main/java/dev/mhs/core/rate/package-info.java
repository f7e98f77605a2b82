/**
 * Counters become throughput here: resets, wraps, gaps, implausible steps, and the reconciliation
 * of the devices with the household's line. Pure; it must not know where the counters come from.
 */
@NullMarked
package dev.mhs.core.rate;

import org.jspecify.annotations.NullMarked;
