/**
 * Counts by the heads of packets, through libpcap: what is left where the kernel may not be made to
 * count. Nothing is allocated and no lock is taken on the way of a packet, but what the binding
 * does.
 */
@NullMarked
package dev.mhs.source.local.count.capture;

import org.jspecify.annotations.NullMarked;
