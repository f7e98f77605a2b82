/**
 * Counts by the heads of packets, through libpcap: what is left where the kernel may not be made to
 * count. On the way of a packet nothing is allocated, no lock is taken and Java is not called:
 * heads come through a pipe.
 */
@NullMarked
package dev.mhs.source.local.count.capture;

import org.jspecify.annotations.NullMarked;
