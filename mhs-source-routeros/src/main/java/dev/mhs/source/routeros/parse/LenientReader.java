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
 * leaves raw inside strings, are escaped, so that a strict parser reads them. Nearly all of an
 * answer is ASCII, and takes a short way. For one thread.
 */
final class LenientReader extends Reader {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final int CHUNK = 8192;
  private static final int LONGEST_ESCAPE = 6;

  private final InputStream bytes;
  private final byte[] undecoded = new byte[CHUNK];
  private final char[] ready = new char[CHUNK * LONGEST_ESCAPE];
  private final CharBuffer decoded = CharBuffer.allocate(CHUNK);
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private int from;
  private int to;
  private int consumed;
  private int length;
  private boolean ended;
  private boolean isInString;
  private boolean isEscaped;

  LenientReader(InputStream bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(char[] target, int offset, int most) throws IOException {
    while (consumed == length) {
      if (ended && from == to) {
        return -1;
      }
      length = 0;
      consumed = 0;
      fill();
    }
    int count = Math.min(most, length - consumed);
    System.arraycopy(ready, consumed, target, offset, count);
    consumed += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private void fill() throws IOException {
    System.arraycopy(undecoded, from, undecoded, 0, to - from);
    to -= from;
    from = 0;
    int read = ended ? -1 : bytes.read(undecoded, to, CHUNK - to);
    if (read < 0) {
      ended = true;
    } else {
      to += read;
    }
    decode();
  }

  private void decode() {
    while (from < to) {
      if (undecoded[from] >= 0) {
        accept((char) undecoded[from++]);
      } else if (!decodeForeign()) {
        return;
      }
    }
  }

  /** Decodes up to the next ASCII character; tells whether all of that was there already. */
  private boolean decodeForeign() {
    int end = from;
    while (end < to && undecoded[end] < 0) {
      end++;
    }
    boolean isWhole = ended || end < to;
    ByteBuffer run = ByteBuffer.wrap(undecoded, from, end - from);
    utf8.reset();
    while (true) {
      decoded.clear();
      CoderResult result = utf8.decode(run, decoded, isWhole);
      accept(decoded.flip());
      if (result.isMalformed() || result.isUnmappable()) {
        byte[] foreign = new byte[result.length()];
        run.get(foreign);
        accept(WINDOWS_1252.decode(ByteBuffer.wrap(foreign)));
      } else if (result.isUnderflow()) {
        from = run.position();
        return isWhole;
      }
    }
  }

  private void accept(CharBuffer some) {
    while (some.hasRemaining()) {
      accept(some.get());
    }
  }

  private void accept(char each) {
    if (isInString && each < ' ') {
      String escape = String.format("\\u%04x", (int) each);
      escape.getChars(0, escape.length(), ready, length);
      length += escape.length();
      isEscaped = false;
      return;
    }
    ready[length++] = each;
    if (isEscaped) {
      isEscaped = false;
    } else if (each == '\\') {
      isEscaped = isInString;
    } else if (each == '"') {
      isInString = !isInString;
    }
  }
}
