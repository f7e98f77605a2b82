package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Box;
import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.core.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VettingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Moment MOMENT = new Moment(NOW, 0);
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");

  @Test
  void controlAndInvisibleCharactersAreTakenOut() {
    assertEquals("nas", Vetting.clean("\u0000n\u001ba\ts\r\n\u007f\u0085"));
    assertEquals("nas", Vetting.clean("\u200bn\u200ca\ufeffs\u00ad\u2028\u2029"));
  }

  @Test
  void textIsNotTurnedAround() {
    assertEquals("exe.gpj", Vetting.clean("\u202eexe.gpj\u202c\u2066\u2069\u200f"));
  }

  @Test
  void halfACharacterIsTakenOutAndAWholeOneKept() {
    assertEquals("ab", Vetting.clean("a\ud83db\ude00"));
    assertEquals("\ud83d\ude00", Vetting.clean("\ud83d\ude00"));
  }

  @Test
  void aMegabyteOfTextIsCut() {
    assertEquals("x".repeat(255), Vetting.clean("x".repeat(1_000_000)));
    String smileys = Vetting.clean("\ud83d\ude00".repeat(500_000));
    assertNotNull(smileys);
    assertEquals(255, smileys.codePointCount(0, smileys.length()));
    assertNull(Vetting.clean("\u200b".repeat(1_000_000)));
  }

  @Test
  void markupIsLeftAsTheTextThatItIs() {
    assertEquals("<img onerror=…>", Vetting.clean("<img onerror=…>"));
  }

  @Test
  void nothingButWhiteSpaceIsNothing() {
    assertNull(Vetting.clean("  \t "));
    assertNull(Vetting.clean(null));
  }

  @Test
  void whateverComesInWhatComesOutIsCleanAndCleaningItAgainChangesNothing() {
    Seeds.check(
        1000,
        random -> {
          StringBuilder text = new StringBuilder();
          int length = random.nextInt(600);
          for (int i = 0; i < length; i++) {
            int kind = random.nextInt(4);
            text.append(
                (char)
                    switch (kind) {
                      case 0 -> random.nextInt(32);
                      case 1 -> 0xd800 + random.nextInt(0x800);
                      case 2 -> 0x2000 + random.nextInt(0x70);
                      default -> random.nextInt(0x10000);
                    });
          }
          String clean = Vetting.clean(text.toString());
          assertEquals(clean, Vetting.clean(clean));
          assertTrue(clean == null || isClean(clean));
        });
  }

  private static boolean isClean(String text) {
    return !text.isBlank()
        && text.codePointCount(0, text.length()) <= 255
        && text.codePoints()
            .noneMatch(
                one ->
                    Character.isISOControl(one)
                        || Character.getType(one) == Character.FORMAT
                        || Character.getType(one) == Character.SURROGATE);
  }

  @Test
  void aSentenceStaysOnOneLine() {
    assertEquals("no route WARN x", Vetting.sentence("no route\nWARN\u202e x\r\n"));
    assertEquals(1000, Vetting.sentence("x".repeat(1_000_000)).length());
  }

  @Test
  void fieldsAndDetailsOfSightingsAreCleaned() {
    Sighting dirty =
        Sighting.of(MAC)
            .field(DeviceField.HOSTNAME, "n\u202eas")
            .field(DeviceField.COMMENT, "\u200b")
            .evidence(new Evidence(Evidence.Kind.ANSWERED, NOW, "by\u0000 ping"))
            .build();

    Sighting clean = Vetting.sightings(List.of(dirty), NOW).getFirst();

    assertEquals(Map.of(DeviceField.HOSTNAME, "nas"), clean.fields());
    assertEquals("by ping", clean.evidence().getFirst().detail());
  }

  @Test
  void whatIsNoDeviceIsLeftOut() {
    assertEquals(
        List.of(),
        Vetting.sightings(
            List.of(
                Sighting.of(IpLiteral.of("127.0.0.1")).build(),
                Sighting.of(IpLiteral.of("0.0.0.0")).build(),
                Sighting.of(IpLiteral.of("224.0.0.251")).build(),
                Sighting.of(IpLiteral.of("ff02::1")).build()),
            NOW));
  }

  @Test
  void sizesAreBounded() {
    Sighting one = Sighting.of(MAC).build();
    List<Sighting> flood = IntStream.range(0, 10_001).mapToObj(i -> one).toList();
    assertThrows(IllegalArgumentException.class, () -> Vetting.sightings(flood, NOW));

    Sighting.Builder many = Sighting.of(MAC);
    for (int i = 0; i < 250; i++) {
      many.address(IpLiteral.of("10.0.0." + i)).evidence(new Evidence(Evidence.Kind.LEASE, NOW));
    }
    Sighting kept = Vetting.sightings(List.of(many.build()), NOW).getFirst();
    assertEquals(64, kept.addresses().size());
    assertEquals(32, kept.evidence().size());
  }

  @Test
  void portsOfOneNameAreRefused() {
    Port port = new Port("ether1", "ether", Port.Link.UP, null, null, null, false, null);

    assertThrows(
        IllegalArgumentException.class,
        () -> Vetting.boxes(List.of(box("a", null, port, port)), MOMENT));
  }

  @Test
  void countersFromTheFutureAreRefused() {
    Moment future = new Moment(NOW, 1);

    assertThrows(
        IllegalArgumentException.class,
        () -> Vetting.reading(new BandwidthReading(future, "x", Map.of(), null, null), MOMENT));
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void nullInAListIsNotSwallowed() {
    List<@Nullable Sighting> withNull = new ArrayList<>();
    withNull.add(null);

    assertThrows(NullPointerException.class, () -> Vetting.sightings(cast(withNull), NOW));
  }

  @Test
  void theTextsOfBoxesAndPortsAreCleaned() {
    Port port =
        new Port("ether1", "ether", Port.Link.UP, null, null, "W\u202eAN\u0000", true, null);

    Box clean = Vetting.boxes(List.of(box("a", "RB\u200b5009", port)), MOMENT).getFirst();

    assertEquals("RB5009", clean.model());
    assertEquals("WAN", clean.ports().getFirst().comment());
  }

  @Test
  void twoBoxesOfOneIdAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Vetting.boxes(List.of(box("a", null), box("a", null)), MOMENT));
  }

  @SuppressWarnings("unchecked") // on purpose
  private static List<Sighting> cast(List<?> sightings) {
    return (List<Sighting>) sightings;
  }

  private static Box box(String id, @Nullable String model, Port... ports) {
    return new Box(id, id, model, Box.Role.SWITCH, MOMENT, List.of(ports));
  }
}
