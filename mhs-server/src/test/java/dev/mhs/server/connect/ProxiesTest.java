package dev.mhs.server.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.IpLiteral;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static final Proxies PROXIES = new Proxies(List.of(IpLiteral.of("192.0.2.2")));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "192.0.2.9,  -,                               192.0.2.9",
        "192.0.2.9,  198.51.100.1,                    192.0.2.9", // a stranger says what it likes
        "127.0.0.1,  -,                               127.0.0.1",
        "127.0.0.1,  198.51.100.1,                    198.51.100.1",
        "192.0.2.2,  198.51.100.1,                    198.51.100.1",
        "::1,        2001:db8::7,                     2001:db8::7",
        "127.0.0.1,  '203.0.113.5, 198.51.100.1',     198.51.100.1", // the first one it made up
        "127.0.0.1,  '198.51.100.1, 192.0.2.2',       198.51.100.1", // two proxies of ours
        "127.0.0.1,  'unknown',                       127.0.0.1",
        "127.0.0.1,  'made-up, 192.0.2.2',            192.0.2.2",
        "127.0.0.1,  '',                              127.0.0.1"
      })
  void aProxyOfOursIsBelievedAndNobodyElse(String peer, String forwarded, String client) {
    WritableHeaders<?> headers = WritableHeaders.create();
    if (forwarded != null) {
      headers.set(HeaderNames.create("X-Forwarded-For"), forwarded);
    }

    assertEquals(IpLiteral.of(client), PROXIES.client(IpLiteral.of(peer), headers));
  }
}
