/**
 * What happened between one snapshot and the next. Pure functions: each takes what was carried over
 * and a snapshot, and returns what to carry on and what happened. It must not know who is told, nor
 * where it is kept.
 */
@NullMarked
package dev.mhs.core.event;

import org.jspecify.annotations.NullMarked;
