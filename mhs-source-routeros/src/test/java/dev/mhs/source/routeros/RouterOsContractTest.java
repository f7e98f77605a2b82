package dev.mhs.source.routeros;

import dev.mhs.api.BitRate;
import dev.mhs.api.Cost;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.MacAddress;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.source.routeros.client.Credentials;
import dev.mhs.source.routeros.client.Endpoint;
import dev.mhs.source.routeros.client.RestSession;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.client.RouterSession;
import dev.mhs.source.routeros.client.Trust;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.tck.BandwidthSourceContract;
import dev.mhs.tck.DeviceSourceContract;
import dev.mhs.tck.LimitControllerContract;
import dev.mhs.tck.PortSourceContract;
import dev.mhs.tck.SourceProviderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What every source keeps to, kept by this one. */
class RouterOsContractTest {
  private final ServerSocket mute = mute();

  /** That opening returns soon is about waiting, not about the first load of a large library. */
  @BeforeAll
  static void loadTheWebClient() {
    Endpoint nowhere = new Endpoint("127.0.0.1", 9, true);
    Credentials nobody = new Credentials("nobody", "");
    new RestSession(
            nowhere, nobody, new Trust.Anybody(), new SettableTime(), RestSession.HARD_LIMIT)
        .close();
  }

  @AfterEach
  void stop() throws IOException {
    mute.close();
  }

  @Nested
  class Provider extends SourceProviderContract {
    @Override
    protected SourceProvider provider() {
      return new RouterOsProvider();
    }

    @Override
    protected Map<String, String> settings() {
      return muteSettings();
    }
  }

  @Nested
  class Devices extends DeviceSourceContract {
    @Override
    protected Source open(SourceContext context) {
      return answering(context);
    }

    @Override
    protected Optional<Source> openSilent(SourceContext context) {
      return Optional.of(silent(context));
    }
  }

  @Nested
  class Bandwidth extends BandwidthSourceContract {
    @Override
    protected Source open(SourceContext context) {
      return answering(context);
    }

    @Override
    protected Optional<Source> openSilent(SourceContext context) {
      return Optional.of(silent(context));
    }
  }

  @Nested
  class Ports extends PortSourceContract {
    @Override
    protected Source open(SourceContext context) {
      return answering(context);
    }

    @Override
    protected Optional<Source> openSilent(SourceContext context) {
      return Optional.of(silent(context));
    }
  }

  @Nested
  class Limits extends LimitControllerContract {
    @Override
    protected Source open(SourceContext context) {
      return answering(context);
    }

    @Override
    protected Optional<Source> openSilent(SourceContext context) {
      return Optional.of(silent(context));
    }

    @Override
    protected Optional<Source> openSilentToWrites(SourceContext context) {
      return Optional.of(asking(context, new WritesHang(box())));
    }

    @Override
    protected Optional<Source> openWithForeign(SourceContext context) {
      FakeBox box = box();
      box.add(FakeBox.values("name=tv", "target=192.0.2.10/32", "max-limit=9000000/9000000"));
      box.add(FakeBox.values("name=nb-x", "target=192.0.2.77/32", "max-limit=1000000/0"));
      return Optional.of(asking(context, box));
    }

    @Override
    protected Limit limit() {
      return limit("192.0.2.10");
    }

    @Override
    protected Limit impossible() {
      return limit("198.51.100.7");
    }

    private static Limit limit(String address) {
      return new Limit(
          new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:01")),
          List.of(IpLiteral.of(address)),
          BitRate.ofMegabits(30),
          BitRate.ofMegabits(10));
    }
  }

  private Map<String, String> muteSettings() {
    return Map.of("host", "127.0.0.1:" + mute.getLocalPort(), "tls", "plain");
  }

  private RouterOsSettings settings(SourceContext context) {
    return RouterOsSettings.of(new SourceSettings(muteSettings()), context.storage());
  }

  private Source answering(SourceContext context) {
    return asking(context, box());
  }

  private Source asking(SourceContext context, RouterSession session) {
    return new RouterOsSource(context, settings(context), session);
  }

  private static FakeBox box() {
    FakeSession session =
        new FakeSession()
            .withSample("system/resource", "system-resource.object.json")
            .withSample("interface", "interface.chr.json")
            .with("interface/list/member", "[{'list':'WAN','interface':'ether1'}]")
            .with("ip/address", "[{'address':'192.0.2.1/24','interface':'bridge'}]")
            .withSample("ip/arp", "ip-arp.json")
            .withSample("ip/dhcp-server/lease", "ip-dhcp-server-lease.mixed.json")
            .withSample("ip/firewall/connection", "ip-firewall-connection.derived.json");
    return new FakeBox(session);
  }

  /** A box that takes the connection and says nothing, asked through the real client. */
  private Source silent(SourceContext context) {
    RouterOsSettings settings = settings(context);
    RouterSession session =
        new RestSession(
            settings.endpoint(),
            settings.credentials(),
            settings.trust(),
            context.time(),
            RestSession.HARD_LIMIT);
    return new RouterOsSource(context, settings, session);
  }

  private static ServerSocket mute() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /** A box that takes writes and never answers them. */
  private record WritesHang(RouterSession box) implements RouterSession {
    @Override
    public <T> RouterReply<T> ask(RouterRequest request, Function<Row, Optional<T>> reader)
        throws InterruptedException {
      if (request.policy().equals("write")) {
        new CountDownLatch(1).await();
      }
      return box.ask(request, reader);
    }

    @Override
    public Cost cost() {
      return box.cost();
    }

    @Override
    public void close() {
      box.close();
    }
  }
}
