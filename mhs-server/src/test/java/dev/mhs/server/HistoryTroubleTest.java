package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is now is shown, whatever became of what was. */
class HistoryTroubleTest {
  @TempDir private Path folder;

  @Test
  void aDamagedHistoryIsToldInASentenceAndTheLiveViewGoesOn() throws Exception {
    Path database = Files.createDirectories(folder.resolve("data")).resolve("mhs.db");
    Files.writeString(database, "my notes");
    try (RunningServer server =
        RunningServer.start(
            folder,
            Map.of(),
            new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()))) {
      JsonObject health =
          server.await(
              "/api/health", json -> !json.isNull("history_trouble") && json.getBoolean("ok"));

      String trouble = health.getString("history_trouble");
      assertTrue(trouble.startsWith(database + " was damaged; it lies in "), trouble);
      assertEquals(3, health.getInt("device_count"));
      assertEquals(200, server.get("/api/history/wan").statusCode());
    }
  }

  @Test
  void aFileThatAnotherProgramLocksIsToldWhileTheLiveViewGoesOnAndRecordingResumes()
      throws Exception {
    Path database = folder.resolve("data").resolve("mhs.db");
    try (TroubledServer server = TroubledServer.start(folder)) {
      Process other = LockHolder.lock(database);
      try {
        server.keepsNaming();

        server.assertTold("Another program keeps " + database + " locked.");
      } finally {
        other.outputWriter().close();
      }
      assertEquals(0, other.waitFor());
      server.assertResumes();
    }
    TroubledServer.assertKept(database);
  }
}
