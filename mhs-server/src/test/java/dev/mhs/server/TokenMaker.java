package dev.mhs.server;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.server.security.TokenCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Makes tokens as a person does. */
final class TokenMaker {
  private TokenMaker() {}

  /** Returns a new token. */
  static String make(Path dataFolder, String name, String scope) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      new TokenCommand(dataFolder, true, "http://localhost:8000", new SystemTime(), out)
          .run(List.of("create", name, "--scope", scope));
    }
    return said.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
  }
}
