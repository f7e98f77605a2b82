package dev.mhs.server;

import io.helidon.webserver.http1.Http1Config;

/** How HTTP/1.1 is spoken. */
final class Http1 {
  private Http1() {}

  static Http1Config withHeadersUpTo(int bytes) {
    return Http1Config.builder()
        .maxHeadersSize(bytes)
        .maxPrologueLength(4096)
        .addReceiveListener(new OneLength())
        .build();
  }
}
