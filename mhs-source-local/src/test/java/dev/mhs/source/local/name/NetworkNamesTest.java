package dev.mhs.source.local.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.local.FakeTime;
import dev.mhs.source.local.link.FrameReader;
import dev.mhs.source.local.link.Frames;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamesTest {
  private static final InetAddress US = IpLiteral.of("10.0.0.2");
  private static final InetAddress TV_ADDRESS = IpLiteral.of("10.0.0.7");
  private static final MacAddress TV = MacAddress.of("00:00:5e:00:53:07");

  @TempDir Path folder;
  private final FakeTime time = new FakeTime();
  private final List<Set<InetAddress>> interviews = new ArrayList<>();
  private final Interviewer.Answers answers = new Interviewer.Answers();
  private @Nullable String inDns;
  private boolean isRefused;
  private @Nullable RuntimeException bug;

  private NetworkNames names(boolean mayAsk) {
    return new NetworkNames(
        mayAsk,
        new ReverseNames(
            address -> inDns == null ? address.getHostAddress() : inDns,
            time,
            Runnable::run,
            () -> List.of("home.arpa")),
        new LeaseNames(List.of(folder.resolve("leases")), time),
        new AskedNames(this::interview, time, Runnable::run),
        () -> List.of("home.arpa"));
  }

  private Interviewer.Answers interview(String name, InetAddress own, Set<InetAddress> whom)
      throws IOException {
    interviews.add(whom);
    if (bug != null) {
      throw bug;
    }
    if (isRefused) {
      throw new IOException("Network is unreachable");
    }
    return answers;
  }

  private static List<AskedNames.Candidate> tv() {
    return List.of(new AskedNames.Candidate("lan0", US, TV_ADDRESS));
  }

  private static void hear(NetworkNames names, byte[] frame) {
    names.heard(FrameReader.read(frame).orElseThrow());
  }

  /** The first answer is awaited in the background, which here is at once. */
  private static @Nullable String nameOfTv(NetworkNames names) {
    names.nameOf(TV, TV_ADDRESS);
    return names.nameOf(TV, TV_ADDRESS);
  }

  @Test
  void theBetterSourceOfANameCountsFirst() throws IOException {
    NetworkNames names = names(true);
    assertNull(nameOfTv(names));

    answers.friendly().put(TV_ADDRESS, "Living Room");
    names.refresh(tv());
    assertEquals("Living Room", nameOfTv(names));

    answers.netbios().put(TV_ADDRESS, "TV-NETBIOS");
    askAgain(names);
    assertEquals("TV-NETBIOS", nameOfTv(names));

    hear(
        names, Frames.datagram("10.0.0.7", 5353, 5353, WireNamesTest.announcement("tv-announced")));
    assertEquals("tv-announced", nameOfTv(names));

    answers.multicast().put(TV_ADDRESS, "tv-asked.local");
    askAgain(names);
    assertEquals("tv-asked", nameOfTv(names));

    hear(names, Frames.leaseRequest(TV.toString(), "tv-dhcp"));
    assertEquals("tv-dhcp", nameOfTv(names));

    Files.writeString(folder.resolve("leases"), "9 " + TV + " 10.0.0.7 tv-lease.home.arpa *\n");
    askAgain(names);
    assertEquals("tv-lease", nameOfTv(names));

    inDns = "tv-dns.home.arpa";
    time.pass(Duration.ofHours(1));
    assertEquals("tv-dns", nameOfTv(names));
  }

  private void askAgain(NetworkNames names) {
    time.pass(Duration.ofHours(1));
    names.refresh(tv());
  }

  @Test
  void devicesAreAskedSeldom() {
    NetworkNames names = names(true);

    names.refresh(tv());
    names.refresh(tv());
    assertEquals(List.of(Set.of(TV_ADDRESS)), interviews);

    time.pass(Duration.ofMinutes(10));
    names.refresh(tv());
    assertEquals(2, interviews.size(), "it had no name");
    answers.netbios().put(TV_ADDRESS, "TV");
    time.pass(Duration.ofMinutes(10));
    names.refresh(tv());
    time.pass(Duration.ofMinutes(10));
    names.refresh(tv());
    assertEquals(3, interviews.size(), "now it has one for an hour");
  }

  @Test
  void aNetworkThatRefusesIsAskedAgainLater() {
    NetworkNames names = names(true);
    isRefused = true;
    names.refresh(tv());
    isRefused = false;
    answers.netbios().put(TV_ADDRESS, "TV");

    time.pass(Duration.ofMinutes(10));
    names.refresh(tv());

    assertEquals("TV", nameOfTv(names));
  }

  @Test
  void aBugInAnInterviewDoesNotHaveEverybodyAskedOnAndOn() {
    NetworkNames names = names(true);
    bug = new IllegalStateException("a bug of the test");
    assertThrows(IllegalStateException.class, () -> names.refresh(tv()));
    bug = null;

    names.refresh(tv());
    assertEquals(1, interviews.size());
    time.pass(Duration.ofMinutes(10));
    names.refresh(tv());

    assertEquals(2, interviews.size());
  }

  @Test
  void whoMayNotAskListensAndReads() throws IOException {
    NetworkNames names = names(false);
    inDns = "tv-dns";
    Files.writeString(folder.resolve("leases"), "9 00:00:5e:00:53:09 10.0.0.9 nas *\n");

    names.refresh(tv());
    hear(names, Frames.leaseRequest(TV.toString(), "tv-dhcp"));

    assertEquals(List.of(), interviews);
    assertEquals("tv-dhcp", nameOfTv(names));
    assertEquals("nas", names.nameOf(MacAddress.of("00:00:5e:00:53:09"), IpLiteral.of("10.0.0.9")));
  }

  @Test
  void nobodySpeaksForSomebodyElse() {
    NetworkNames names = names(true);

    hear(names, Frames.datagram("10.0.0.66", 5353, 5353, WireNamesTest.announcement("mine")));

    assertNull(nameOfTv(names));
  }

  @Test
  void namesThatHideSomethingAreNone() {
    NetworkNames names = names(true);
    hear(names, Frames.leaseRequest(TV.toString(), "tv\u0007"));
    answers.friendly().put(TV_ADDRESS, "\u202egnp.exe");
    answers.netbios().put(TV_ADDRESS, "10.0.0.1");

    names.refresh(tv());

    assertNull(nameOfTv(names));
  }

  @Test
  void aFloodOfNamesDoesNotPushOutThoseThatAreShown() {
    NetworkNames names = names(false);
    hear(names, Frames.leaseRequest(TV.toString(), "tv"));
    for (int made = 0; made < 3 * HeardNames.MOST; made++) {
      String mac = String.format(Locale.ROOT, "02:13:00:00:%02x:%02x", made >> 8, made & 255);
      hear(names, Frames.leaseRequest(mac, "ghost"));
      if (made % 1000 == 0) {
        assertEquals("tv", names.nameOf(TV, TV_ADDRESS));
      }
    }

    assertEquals("tv", names.nameOf(TV, TV_ADDRESS));
  }
}
