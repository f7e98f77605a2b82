package dev.mhs.source.local;

import dev.mhs.source.local.name.Resolver;
import dev.mhs.source.local.sweep.Pause;
import dev.mhs.source.local.sweep.ProbeSocket;
import dev.mhs.source.local.sweep.UdpProbeSocket;

/**
 * Everything by which something leaves this machine, and the waiting in between.
 *
 * @param socket sends probes
 * @param pause waits between two of them
 * @param resolver asks for names
 */
record Outside(ProbeSocket socket, Pause pause, Resolver resolver) {
  static Outside here() {
    return new Outside(new UdpProbeSocket(), Pause.real(), Resolver.ofThisMachine());
  }
}
