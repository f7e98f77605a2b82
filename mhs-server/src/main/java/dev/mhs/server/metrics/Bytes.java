package dev.mhs.server.metrics;

import dev.mhs.api.Throughput;

/**
 * Bytes since the start, which only ever grow: a counter that begins anew on the router does not
 * begin anew here.
 *
 * @param received by the device, the household or the port
 * @param transmitted by it
 */
record Bytes(long received, long transmitted) {
  static final Bytes NONE = new Bytes(0, 0);

  Bytes plus(Throughput moved) {
    return new Bytes(received + moved.downloadBytes(), transmitted + moved.uploadBytes());
  }
}
