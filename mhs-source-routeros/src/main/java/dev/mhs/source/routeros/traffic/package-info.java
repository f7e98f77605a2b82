/**
 * Who moved how many bytes, out of the counters that RouterOS keeps. It must not know HTTP, nor
 * when and how often the rows are read.
 */
@NullMarked
package dev.mhs.source.routeros.traffic;

import org.jspecify.annotations.NullMarked;
