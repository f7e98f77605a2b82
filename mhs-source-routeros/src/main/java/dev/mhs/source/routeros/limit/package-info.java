/**
 * Reads simple queues as limits, and tells whether they bite: pure functions over rows. It must not
 * know HTTP, nor when and how often the rows are read.
 */
@NullMarked
package dev.mhs.source.routeros.limit;

import org.jspecify.annotations.NullMarked;
