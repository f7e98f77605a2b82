package dev.mhs.source.local.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mhs.api.MacAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final String TV = "00:00:5e:00:53:07";
  private static final String US = "00:00:5e:00:53:aa";
  private static final byte[] ANSWER = Frames.answer(TV, "10.0.0.7", US);
  private static final byte[] REQUEST = Frames.leaseRequest(TV, "living-room");
  private static final byte[] MDNS =
      Frames.datagram("10.0.0.7", 5353, 5353, new byte[] {1, 2, 3, 4});

  @Test
  void anAnswerTellsWhoHasAnAddressAndWhomItAnswers() {
    assertEquals(
        Optional.of(new Heard.Arp(MacAddress.of(TV), Frames.ip("10.0.0.7"), MacAddress.of(US))),
        FrameReader.read(ANSWER));
  }

  @Test
  void aQuestionTellsWhoAsks() {
    assertEquals(
        Optional.of(new Heard.Arp(MacAddress.of(TV), Frames.ip("10.0.0.7"), null)),
        FrameReader.read(Frames.question(TV, "10.0.0.7", "10.0.0.1")));
  }

  @Test
  void whoOnlyTriesWhetherAnAddressIsFreeHasNone() {
    assertEquals(Optional.empty(), FrameReader.read(Frames.question(TV, "0.0.0.0", "10.0.0.7")));
  }

  @Test
  void aGroupHasNoAddress() {
    assertEquals(
        Optional.empty(),
        FrameReader.read(Frames.question("01:00:5e:00:00:01", "10.0.0.7", "10.0.0.1")));
  }

  @Test
  void aPriorityTagIsReadOverAndAnotherVlanIsNotOurs() {
    assertEquals(FrameReader.read(ANSWER), FrameReader.read(Frames.tagged(ANSWER, 0)));
    assertEquals(Optional.empty(), FrameReader.read(Frames.tagged(ANSWER, 10)));
    assertEquals(Optional.empty(), FrameReader.read(Frames.tagged(Frames.tagged(ANSWER, 0), 0)));
  }

  @Test
  void aLeaseRequestTellsTheNameOfTheClient() {
    assertEquals(
        Optional.of(new Heard.LeaseRequest(MacAddress.of(TV), "living-room")),
        FrameReader.read(REQUEST));
  }

  @Test
  void theZeroAtTheEndOfANameIsTakenOff() {
    assertEquals(
        Optional.of(new Heard.LeaseRequest(MacAddress.of(TV), "tv")),
        FrameReader.read(Frames.leaseRequest(TV, "tv\0\0")));
    assertEquals(
        Optional.of(new Heard.LeaseRequest(MacAddress.of(TV), "t\0v")),
        FrameReader.read(Frames.leaseRequest(TV, "t\0v")),
        "this is for others to refuse");
    assertEquals(Optional.empty(), FrameReader.read(Frames.leaseRequest(TV, "\0\0")));
  }

  @Test
  void multicastDnsIsPassedOn() {
    var heard = assertInstanceOf(Heard.NameMessage.class, FrameReader.read(MDNS).orElseThrow());

    assertEquals(Frames.ip("10.0.0.7"), heard.from());
    assertArrayEquals(new byte[] {1, 2, 3, 4}, heard.message());
  }

  @Test
  void whatIsCutOffSaysNothing() {
    for (byte[] frame : List.of(ANSWER, REQUEST, MDNS)) {
      int needed = Arrays.equals(frame, ANSWER) ? 42 : frame.length; // it is padded
      for (int length = 0; length < needed; length++) {
        assertEquals(
            Optional.empty(), FrameReader.read(Arrays.copyOf(frame, length)), "of " + length);
      }
    }
  }

  @Test
  void aPieceOfADatagramSaysNothing() {
    byte[] piece = MDNS.clone();
    piece[20] = 0x20; // more fragments

    assertEquals(Optional.empty(), FrameReader.read(piece));
  }

  @Test
  void spoiltFramesAreReadWithoutHarm() {
    long seed = 20261124;
    Random random = new Random(seed);
    List<byte[]> frames = List.of(ANSWER, REQUEST, MDNS, Frames.tagged(REQUEST, 0));
    for (int round = 0; round < 100_000; round++) {
      byte[] frame = frames.get(random.nextInt(frames.size())).clone();
      for (int spot = random.nextInt(8); spot >= 0; spot--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
      assertDoesNotThrow(() -> FrameReader.read(frame), "seed " + seed);
      assertDoesNotThrow(() -> FrameReader.read(cut), "seed " + seed);
    }
  }
}
