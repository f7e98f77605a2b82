package dev.mhs.source.local.name;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What devices answer about their names, octet by octet. */
class WireNamesTest {
  private static final InetAddress TV = IpLiteral.of("10.0.0.7");

  private static void label(ByteArrayOutputStream out, String text) {
    out.write(text.length());
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a reverse question: the question again, then a pointer to it and the name. */
  static byte[] reverseAnswer(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x4d, 0x48, (byte) 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0});
    for (String label : "7.0.0.10.in-addr.arpa".split("\\.", -1)) {
      label(out, label);
    }
    out.writeBytes(new byte[] {0, 0, 12, 0, 1});
    out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 10});
    out.writeBytes(new byte[] {0, (byte) (name.length() + 1 + 7)});
    label(out, name);
    label(out, "local");
    out.write(0);
    return out.toByteArray();
  }

  /** What a device announces of itself. */
  static byte[] announcement(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, (byte) 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0});
    label(out, name);
    label(out, "local");
    out.writeBytes(new byte[] {0, 0, 1, (byte) 0x80, 1, 0, 0, 0, 120, 0, 4, 10, 0, 0, 7});
    return out.toByteArray();
  }

  static byte[] nodeStatus(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x4d, 0x48, (byte) 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 32});
    out.writeBytes(new byte[33]);
    out.writeBytes(new byte[] {0, 0x21, 0, 1, 0, 0, 0, 0, 0, 83, 2});
    out.writeBytes("%-15s".formatted("WORKGROUP").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {0, (byte) 0x84, 0});
    out.writeBytes("%-15s".formatted(name).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {0, 4, 0});
    out.writeBytes(new byte[46]);
    return out.toByteArray();
  }

  @Test
  void aReverseQuestionIsAsTheRfcHasIt() {
    byte[] question = DnsMessage.reverseQuestion(0x4d48, TV);

    assertEquals(12 + 23 + 4, question.length);
    assertTrue(
        new String(question, StandardCharsets.ISO_8859_1)
            .contains("\u00017\u00010\u00010\u000210\u0007in-addr\u0004arpa\u0000"));
    assertEquals(0x80, question[question.length - 2] & 0xff, "an answer to us alone will do");
  }

  @Test
  void aReverseAnswerTellsTheNameOfAnAddress() {
    assertEquals(
        List.of(new DnsMessage.Named("living-room.local", TV)),
        DnsMessage.names(reverseAnswer("living-room")));
  }

  @Test
  void anAnnouncementTellsItToo() {
    assertEquals(
        List.of(new DnsMessage.Named("tv.local", TV)), DnsMessage.names(announcement("tv")));
  }

  @Test
  void aQuestionIsNoAnswer() {
    assertEquals(List.of(), DnsMessage.names(DnsMessage.reverseQuestion(1, TV)));
  }

  @Test
  void aPointerThatLeadsInACircleLeadsNowhere() {
    byte[] message = announcement("tv");
    message[12] = (byte) 0xc0;
    message[13] = 12;

    assertEquals(List.of(), DnsMessage.names(message));
  }

  @Test
  void aNodeTellsItsOwnNameAndNotThatOfItsGroup() {
    assertEquals(Optional.of("NAS"), NodeStatus.name(nodeStatus("NAS")));
    assertEquals(50, NodeStatus.question(7).length);
    assertEquals(Optional.empty(), NodeStatus.name(NodeStatus.question(7)));
  }

  @Test
  void anAnswerToASearchTellsWhereTheDescriptionIsIfThatIsOnTheDevice() {
    String answer = "HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nLocation: %s\r\n\r\n";

    assertEquals(
        Optional.of(URI.create("http://10.0.0.7:49152/desc.xml")),
        location(answer.formatted("http://10.0.0.7:49152/desc.xml")));
    for (String elsewhere :
        List.of(
            "http://10.0.0.8/desc.xml",
            "http://localhost/desc.xml",
            "file:///etc/passwd",
            "https://10.0.0.7/",
            "http://10.0.0.7@10.0.0.8/",
            "http://a@10.0.0.7/",
            "not an address")) {
      assertEquals(Optional.empty(), location(answer.formatted(elsewhere)), elsewhere);
    }
    assertEquals(Optional.empty(), location("NOTIFY * HTTP/1.1\r\nLocation: http://10.0.0.7/\r\n"));
  }

  private static Optional<URI> location(String answer) {
    return Search.description(answer.getBytes(StandardCharsets.US_ASCII), TV);
  }

  @Test
  void aDescriptionTellsTheNameForPeople() {
    assertEquals(
        Optional.of("Living Room & Kitchen"),
        friendly(
            "<?xml version='1.0'?><root xmlns='urn:schemas-upnp-org:device-1-0'><device>"
                + "<friendlyName> Living Room &amp; Kitchen </friendlyName>"
                + "<deviceList><device><friendlyName>Other</friendlyName></device></deviceList>"
                + "</device></root>"));
    assertEquals(Optional.empty(), friendly("<root><device/></root>"));
    assertEquals(Optional.empty(), friendly("no XML at all"));
    assertEquals(64, friendly("<friendlyName>" + "x".repeat(999)).orElseThrow().length());
  }

  @Test
  void aDescriptionReadsNoFilesAndDoesNotGrow() {
    assertEquals(
        Optional.empty(),
        friendly(
            "<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
                + "<friendlyName>&f;</friendlyName>"));
    assertEquals(
        Optional.empty(),
        friendly(
            "<!DOCTYPE a [<!ENTITY b 'xxxxxxxxxx'><!ENTITY c '&b;&b;&b;'>]>"
                + "<friendlyName>&c;</friendlyName>"));
  }

  @Test
  void aDescriptionThatTheReaderOfXmlHasNoWordsForIsNone() {
    assertEquals(Optional.empty(), friendly("<!DOCTYPE a[<b><friendlyName>TV</friendlyName></b>"));
  }

  private static Optional<String> friendly(String description) {
    return FriendlyName.read(description.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void spoiltAnswersAreReadWithoutHarm() {
    long seed = 20261124;
    Random random = new Random(seed);
    List<byte[]> answers =
        List.of(
            reverseAnswer("living-room"),
            announcement("tv"),
            nodeStatus("NAS"),
            "<root><friendlyName>TV</friendlyName></root>".getBytes(StandardCharsets.UTF_8),
            "HTTP/1.1 200 OK\r\nLocation: http://10.0.0.7/d\r\n".getBytes(StandardCharsets.UTF_8));
    for (int round = 0; round < 50_000; round++) {
      byte[] spoilt = answers.get(random.nextInt(answers.size())).clone();
      for (int spot = random.nextInt(6); spot >= 0; spot--) {
        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
      }
      byte[] answer = Arrays.copyOf(spoilt, random.nextInt(spoilt.length + 1));
      boolean tryXml = round % 10 == 0;
      assertDoesNotThrow(
          () -> {
            DnsMessage.names(answer);
            NodeStatus.name(answer);
            Search.description(answer, TV);
            if (tryXml) {
              FriendlyName.read(answer);
            }
          },
          "seed " + seed);
    }
  }
}
