package dev.mhs.source.local;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.Port;
import dev.mhs.source.local.read.InterfaceCounters;
import dev.mhs.source.local.read.LocalInterface;

/**
 * An interface with its counters, of which it is certain that they belong together.
 *
 * @param port the interface
 * @param counters what it moved
 * @param epoch changes when the machine was started anew or the interface was made anew
 */
record PortReading(LocalInterface port, InterfaceCounters counters, long epoch) {
  Port toPort(boolean wan) {
    return new Port(
        port.name(),
        port.kind().word(),
        port.flags().up() ? counters.link() : Port.Link.DOWN,
        port.kind().hasLinkSpeed() ? counters.speed() : null,
        port.mac(),
        null,
        wan,
        new Port.Counters(
            counters.rxBytes(),
            counters.txBytes(),
            CounterWidth.BITS_64,
            epoch,
            counters.rxErrors(),
            counters.txErrors()));
  }
}
