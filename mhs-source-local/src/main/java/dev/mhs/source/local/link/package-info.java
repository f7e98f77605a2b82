/**
 * Asks and listens on the link itself: ARP, and what devices say aloud in passing (DHCP, multicast
 * DNS). Whatever is heard was sent by strangers: every length is checked, every memory is bounded,
 * and who contradicts what is known is asked before it is believed. This package knows frames,
 * addresses and who holds them, and nothing of devices or names.
 */
@NullMarked
package dev.mhs.source.local.link;

import org.jspecify.annotations.NullMarked;
