package dev.mhs.source.routeros.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON as RouterOS sends it. The router stores texts as bytes: what WinBox wrote is
 * windows-1252, what a device called itself is mostly UTF-8, and both stand in one answer. So bytes
 * that are no UTF-8 are read as windows-1252, one by one. Control characters, which the router
 * leaves raw inside strings, are escaped, so that a strict parser reads them. For one thread.
 */
final class LenientReader extends Reader {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final int CHUNK = 8192;

  private final InputStream bytes;
  private final ByteBuffer undecoded = ByteBuffer.allocate(CHUNK).flip();
  private final CharBuffer decoded = CharBuffer.allocate(CHUNK).flip();
  private final StringBuilder ready = new StringBuilder(CHUNK);
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private int consumed;
  private boolean ended;
  private boolean isInString;
  private boolean isEscaped;

  LenientReader(InputStream bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (consumed == ready.length()) {
      if (ended && !undecoded.hasRemaining()) {
        return -1;
      }
      ready.setLength(0);
      consumed = 0;
      fill();
    }
    int count = Math.min(length, ready.length() - consumed);
    ready.getChars(consumed, consumed + count, target, offset);
    consumed += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private void fill() throws IOException {
    undecoded.compact();
    int read =
        ended ? -1 : bytes.read(undecoded.array(), undecoded.position(), undecoded.remaining());
    if (read < 0) {
      ended = true;
    } else {
      undecoded.position(undecoded.position() + read);
    }
    undecoded.flip();
    decode();
  }

  private void decode() {
    while (true) {
      decoded.clear();
      CoderResult result = utf8.decode(undecoded, decoded, ended);
      decoded.flip();
      decoded.chars().forEach(each -> accept((char) each));
      if (result.isMalformed() || result.isUnmappable()) {
        byte[] foreign = new byte[result.length()];
        undecoded.get(foreign);
        WINDOWS_1252.decode(ByteBuffer.wrap(foreign)).chars().forEach(each -> accept((char) each));
      } else if (result.isUnderflow()) {
        return;
      }
    }
  }

  private void accept(char each) {
    if (isInString && each < ' ') {
      ready.append(String.format("\\u%04x", (int) each));
      isEscaped = false;
      return;
    }
    ready.append(each);
    if (isEscaped) {
      isEscaped = false;
    } else if (each == '\\') {
      isEscaped = isInString;
    } else if (each == '"') {
      isInString = !isInString;
    }
  }
}
