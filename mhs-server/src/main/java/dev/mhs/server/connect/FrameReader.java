package dev.mhs.server.connect;

import io.helidon.common.buffers.DataReader;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsCloseException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a WebSocket, and refuses text that is no UTF-8 (RFC 6455 §8.1): Helidon 4.1.6
 * decodes each frame by itself and puts a character of its own in the place of what it does not
 * understand ({@code WsConnection.processFrame}). For one thread.
 */
final class FrameReader extends DataReader {
  /**
   * Makes a reader.
   *
   * @param source where the bytes come from; nothing else may read from it
   */
  FrameReader(DataReader source) {
    this(source, new Frames());
  }

  private FrameReader(DataReader source, Frames frames) {
    super(() -> next(source, frames));
  }

  private static byte @Nullable [] next(DataReader source, Frames frames) {
    try {
      source.ensureAvailable();
      byte[] bytes = source.readBytes(source.available());
      frames.follow(bytes);
      return bytes;
    } catch (InsufficientDataAvailableException end) {
      return null;
    }
  }

  /** Where in which frame the next byte is (RFC 6455 §5.2). */
  private static final class Frames {
    private static final int LONGEST_HEAD = 14;
    private static final int CONTROL = 8; // codes from here on are no part of a message
    private static final int TEXT = 1;

    private final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
    private final Utf8 utf8 = new Utf8();
    private boolean amidPayload;
    private long length;
    private long read;
    private boolean textual; // the message that is under way

    void follow(byte[] bytes) {
      int at = 0;
      while (at < bytes.length) {
        if (amidPayload) {
          int part = (int) Math.min(bytes.length - at, length - read);
          payload(bytes, at, part);
          at += part;
        } else {
          head.put(bytes[at++]);
          amidPayload = isHeadWhole();
          if (amidPayload) {
            begin();
          }
        }
        if (amidPayload && read == length) {
          end();
        }
      }
    }

    private boolean isHeadWhole() {
      return head.position() >= 2
          && head.position() == 2 + moreLength() + (isMasked() ? Integer.BYTES : 0);
    }

    private int moreLength() {
      return switch (head.get(1) & 0x7f) {
        case 126 -> Short.BYTES;
        case 127 -> Long.BYTES;
        default -> 0;
      };
    }

    private boolean isMasked() {
      return (head.get(1) & 0x80) != 0;
    }

    private int code() {
      return head.get(0) & 0x0f;
    }

    private void begin() {
      read = 0;
      length =
          switch (moreLength()) {
            case Short.BYTES -> head.getShort(2) & 0xffff;
            case Long.BYTES -> head.getLong(2) & Long.MAX_VALUE;
            default -> head.get(1) & 0x7f;
          };
      if (code() > 0 && code() < CONTROL) {
        textual = code() == TEXT;
      }
    }

    private void payload(byte[] bytes, int from, int count) {
      if (textual && code() < CONTROL) {
        byte[] text = new byte[count];
        for (int i = 0; i < count; i++) {
          text[i] = (byte) (bytes[from + i] ^ mask(read + i));
        }
        utf8.check(text, false);
      }
      read += count;
    }

    private byte mask(long place) {
      return isMasked() ? head.get(2 + moreLength() + (int) (place % Integer.BYTES)) : 0;
    }

    private void end() {
      boolean last = (head.get(0) & 0x80) != 0;
      if (textual && last && code() < CONTROL) {
        utf8.check(new byte[0], true);
      }
      head.clear();
      amidPayload = false;
    }
  }

  /** Text that comes in pieces, between which a character may be torn. */
  private static final class Utf8 {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private byte[] torn = {};

    void check(byte[] piece, boolean last) {
      ByteBuffer in = ByteBuffer.allocate(torn.length + piece.length).put(torn).put(piece).flip();
      CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
      if (decoder.decode(in, out, last).isError()) {
        throw new WsCloseException("a text must be UTF-8", WsCloseCodes.NOT_CONSISTENT);
      }
      torn = new byte[in.remaining()];
      in.get(torn);
      if (last) {
        decoder.reset();
      }
    }
  }
}
