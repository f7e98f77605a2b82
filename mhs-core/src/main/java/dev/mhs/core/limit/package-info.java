/**
 * Limits are checked here against what was measured: whether a device that a box says is limited
 * moves more than it may. Pure; it must not know how a box limits, nor how traffic is counted.
 */
@NullMarked
package dev.mhs.core.limit;

import org.jspecify.annotations.NullMarked;
