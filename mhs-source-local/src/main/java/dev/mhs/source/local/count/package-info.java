/**
 * Counts in the kernel what each address moves between the household and everywhere else, in an
 * nftables table of our own: no packet crosses into this process. It must not know the SPI, nor how
 * an address becomes a device.
 */
@NullMarked
package dev.mhs.source.local.count;

import org.jspecify.annotations.NullMarked;
