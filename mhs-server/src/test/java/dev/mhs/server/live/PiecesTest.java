package dev.mhs.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {
  @Test
  void aShortMessageIsOnePiece() {
    assertEquals(List.of("{}"), Pieces.of("{}"));
    assertEquals(List.of(""), Pieces.of(""));
  }

  @Test
  void aLongMessageIsKeptWhole() {
    String message = "0123456789".repeat(Pieces.LONGEST);

    List<String> pieces = Pieces.of(message);

    assertEquals(10, pieces.size());
    assertTrue(pieces.stream().allMatch(piece -> piece.length() <= Pieces.LONGEST));
    assertEquals(message, String.join("", pieces));
  }

  @Test
  void noCharacterIsTornEvenWhereACutWouldFall() {
    String message = "x".repeat(Pieces.LONGEST - 1) + "\uD83D\uDE00".repeat(Pieces.LONGEST);

    StringBuilder received = new StringBuilder();
    for (String piece : Pieces.of(message)) {
      byte[] frame = piece.getBytes(StandardCharsets.UTF_8);
      received.append(new String(frame, StandardCharsets.UTF_8));
    }

    assertEquals(message, received.toString());
  }
}
