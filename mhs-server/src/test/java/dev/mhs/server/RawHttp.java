package dev.mhs.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sends what no client library would, such as another name for the server. */
final class RawHttp {
  private static final int PATIENCE = 10_000; // milliseconds

  private RawHttp() {}

  /**
   * Returns the status of an answer.
   *
   * @param host what to call the server, or null for its address
   */
  static int status(int port, String method, String path, @Nullable String host, String... headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE);
      StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: ");
      text.append(host == null ? "127.0.0.1" : host).append("\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      text.append("Content-Length: 0\r\n\r\n");
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      if (line == null) {
        throw new IOException("it was closed without an answer");
      }
      return Integer.parseInt(line.substring(9, 12));
    }
  }
}
