/**
 * Slows devices down in the kernel of a Linux gateway, with queues of our own (HTB) that an
 * nftables table of our own sends their packets through. The kernel holds the truth: what is in
 * force is read back from it, and it stays in force while MHS is off. It must not know the SPI.
 */
@NullMarked
package dev.mhs.source.local.limit;

import org.jspecify.annotations.NullMarked;
