/**
 * Makes the kernel ask who is there. An empty UDP datagram to an address makes it resolve that
 * address (ARP, NDP), which needs no right; who answered is read from the neighbor cache later, by
 * others. This package knows addresses and when to send, and nothing of devices.
 */
@NullMarked
package dev.mhs.source.local.sweep;

import org.jspecify.annotations.NullMarked;
