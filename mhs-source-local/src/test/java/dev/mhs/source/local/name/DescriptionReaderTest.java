package dev.mhs.source.local.name;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescriptionReaderTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

  private final CountDownLatch cutOff = new CountDownLatch(1);
  private ServerSocket device;

  @BeforeEach
  void listen() throws IOException {
    device = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    device.close();
  }

  /** Lets the device answer, and then say one thing again and again until it is cut off. */
  private void answers(String first, String again) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (Socket client = device.accept()) {
                OutputStream out = client.getOutputStream();
                out.write(first.getBytes(StandardCharsets.US_ASCII));
                while (!again.isEmpty()) {
                  out.write(again.getBytes(StandardCharsets.US_ASCII));
                }
                client.getInputStream().readAllBytes();
              } catch (IOException hungUp) {
                cutOff.countDown();
              }
            });
  }

  private DescriptionReader begin(String path) throws IOException {
    return DescriptionReader.begin(
        URI.create("http://127.0.0.1:" + device.getLocalPort() + path), LONG);
  }

  private Optional<byte[]> read(Duration atMost) throws IOException, InterruptedException {
    try (DescriptionReader reader = begin("/d.xml")) {
      return reader.within(atMost);
    }
  }

  @Test
  void aDescriptionIsRead() throws IOException, InterruptedException {
    answers(ANSWER + "<xml>", "");

    assertArrayEquals("<xml>".getBytes(StandardCharsets.US_ASCII), read(LONG).orElseThrow());
  }

  @Test
  void anotherAnswerIsNone() throws IOException, InterruptedException {
    answers("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "");

    assertEquals(Optional.empty(), read(LONG));
  }

  @Test
  void aDescriptionWithoutEndIsReadForItsBeginning() throws IOException, InterruptedException {
    answers("HTTP/1.1 200 OK\r\n\r\n", "<a>");

    assertEquals(64 * 1024, read(LONG).orElseThrow().length);
    assertTrue(cutOff.await(LONG.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void whoNeverEndsItsHeadIsCutOff() throws IOException, InterruptedException {
    answers("HTTP/1.1 200 OK\r\nX: ", "");

    long begun = System.nanoTime();
    assertEquals(Optional.empty(), read(Duration.ofMillis(50)));

    assertTrue(System.nanoTime() - begun < LONG.toNanos(), "it is not waited for");
    awaitNoReader();
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThrows(
        IOException.class, () -> DescriptionReader.begin(URI.create("nowhere"), LONG).close());
  }

  private static void awaitNoReader() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int round = 0; round < 400 && isReading(); round++) {
      assertTrue(!never.await(25, TimeUnit.MILLISECONDS));
    }
    assertTrue(!isReading(), "a thread still reads");
  }

  private static boolean isReading() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(each -> each.getName().equals("mhs-local-description"));
  }
}
