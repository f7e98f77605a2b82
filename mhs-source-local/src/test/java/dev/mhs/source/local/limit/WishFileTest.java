package dev.mhs.source.local.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WishFileTest {
  private static final Map<DeviceKey, Shape> WISHES =
      Map.of(
          new DeviceKey.ByMac(MacAddress.of("02:00:00:00:00:07")),
          new Shape(BitRate.ofMegabits(5), null),
          new DeviceKey.ByAddress(IpLiteral.of("fd00::7")),
          new Shape(new BitRate(1), BitRate.ofMegabits(100_000)));

  private final Path file;

  WishFileTest(@TempDir Path folder) {
    file = folder.resolve("limits");
  }

  @Test
  void whatIsRememberedIsReadByTheNext() throws IOException {
    new WishFile(file::getParent).remember(WISHES);

    assertEquals(WISHES, new WishFile(file::getParent).wishes());
  }

  @Test
  void nothingIsRememberedAtFirst() throws IOException {
    assertEquals(Map.of(), new WishFile(file::getParent).wishes());
  }

  @Test
  void linesWithoutSenseAreLeftOut() throws IOException {
    new WishFile(file::getParent).remember(WISHES);
    String text = Files.readString(file);
    Files.writeString(file, "\n02:00:00:00:00:08 down 0 up -\nx down 1 up 1\n-\n" + text);

    assertEquals(WISHES, new WishFile(file::getParent).wishes());
  }

  @Test
  void noPrefixOfAFileFails() throws IOException {
    new WishFile(file::getParent).remember(WISHES);
    String text = Files.readString(file);
    for (int length = 0; length < text.length(); length++) {
      Files.writeString(file, text.substring(0, length));
      assertEquals(true, new WishFile(file::getParent).wishes().size() <= WISHES.size());
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsToldAsAFailureToRead() {
    WishFile wishes =
        new WishFile(
            () -> {
              throw new UncheckedIOException(new IOException("read-only"));
            });

    assertThrows(IOException.class, wishes::wishes);
  }

  @Test
  void whatCannotBeWrittenLeavesWhatWas() throws IOException {
    WishFile wishes = new WishFile(file::getParent);
    wishes.remember(WISHES);
    Files.createDirectory(file.resolveSibling("limits.new"));

    assertThrows(IOException.class, () -> wishes.remember(Map.of()));
    assertEquals(WISHES, wishes.wishes());
    assertEquals(WISHES, new WishFile(file::getParent).wishes());
  }
}
