package dev.mhs.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import dev.mhs.server.config.Configuration;
import dev.mhs.server.config.Settings;
import dev.mhs.tck.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorTest {
  @TempDir Path folder;
  private final Map<String, String> opened = new HashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private boolean isWell;

  @Test
  void whatAnswersIsGoodAndTheSourceTellsTheRest() throws Exception {
    String paper =
        examine(source(new Poll.Ok<>(List.of()), "it lacks something", "/mend it"), "local: {}");

    assertTrue(isWell, paper);
    assertTrue(paper.contains("good     devices: 0 devices\n"), paper);
    assertTrue(paper.contains("lacking  it lacks something\n             /mend it\n"), paper);
    assertTrue(paper.contains("no router is configured"), paper);
  }

  @Test
  void whatDoesNotAnswerIsBrokenAndSoIsTheWhole() throws Exception {
    String paper =
        examine(
            source(new Poll.Failed<>(FailureKind.UNAUTHORIZED, "no login"), "x", null),
            "router: {host: 192.0.2.1, pass: geheim}");

    assertFalse(isWell);
    assertTrue(paper.contains("Source mikrotik (routeros at 192.0.2.1)\n"), paper);
    assertTrue(paper.contains("broken   devices: no login\n"), paper);
    assertFalse(paper.contains("geheim"), paper);
    assertFalse(paper.contains("no router is configured"), paper);
  }

  @Test
  void whatCanNeverAnswerIsLackingOnly() throws Exception {
    String paper = examine(source(new Poll.Unsupported<>("no such menu"), "x", null), "local: {}");

    assertTrue(isWell, paper);
    assertTrue(paper.contains("lacking  devices: not possible here, no such menu\n"), paper);
  }

  @Test
  void whoHangsIsLeftAtTheDeadline() throws Exception {
    String paper =
        examine(
            answering(
                () -> {
                  released.await();
                  return new Poll.Ok<>(List.of());
                }),
            "local: {}");

    assertFalse(isWell);
    assertTrue(paper.contains("broken   devices: no answer within 0.2 s\n"), paper);
    released.countDown();
  }

  @Test
  void whoThrowsIsBrokenAndTheNextIsExaminedAllTheSame() throws Exception {
    String paper =
        examine(
            context -> {
              if (context.id().name().equals("mikrotik")) {
                throw new SettingException("host is missing");
              }
              throw new IllegalStateException("bug");
            },
            "router: {host: 192.0.2.1}");

    assertFalse(isWell);
    assertTrue(paper.contains("broken   it cannot be opened: host is missing\n"), paper);
    assertTrue(paper.contains("cannot be opened: java.lang.IllegalStateException: bug\n"), paper);
  }

  @Test
  void theLocalSourceSendsNothing() throws Exception {
    examine(source(new Poll.Ok<>(List.of()), "x", null), "local: {scan: active}");

    assertEquals("passive", opened.get("local"));

    Function<SourceContext, Source> passive =
        source(new Poll.Ok<>(List.of()), "scan is passive", "MHS_LOCAL_SCAN=active");
    assertFalse(examine(passive, "local: {scan: active}").contains("scan is passive"));
    assertTrue(examine(passive, "local: {scan: passive}").contains("scan is passive"));
  }

  @Test
  void aTypeThatNobodyOffersIsBroken() throws Exception {
    String paper =
        examine(
            source(new Poll.Ok<>(List.of()), "x", null),
            "sources: {attic: {type: unifi, host: a}}");

    assertFalse(isWell);
    assertTrue(paper.contains("broken   there is no source of type \"unifi\"\n"), paper);
  }

  @Test
  void coloursAreForTerminalsAndControlCharactersForNobody() throws Exception {
    Function<SourceContext, Source> evil = source(new Poll.Ok<>(List.of()), "a\u001b[2Jb", null);

    assertFalse(examine(evil, "local: {}", false).contains("\u001b"));
    String inColours = examine(evil, "local: {}", true);
    assertTrue(inColours.contains("\u001b[32mgood   \u001b[0m  devices"), inColours);
    assertFalse(inColours.contains("\u001b[2J"), inColours);
  }

  private String examine(Function<SourceContext, Source> open, String yaml) throws Exception {
    return examine(open, yaml, false);
  }

  private String examine(Function<SourceContext, Source> open, String yaml, boolean inColours)
      throws Exception {
    ByteArrayOutputStream paper = new ByteArrayOutputStream();
    try (Providers providers = Providers.of(provider("local", open), provider("routeros", open))) {
      Doctor doctor = new Doctor(settings(yaml), providers, new MutableClock());
      isWell = doctor.examine(new PrintStream(paper, true, StandardCharsets.UTF_8), inColours);
    }
    return paper.toString(StandardCharsets.UTF_8);
  }

  private Settings settings(String yaml) throws IOException {
    Files.writeString(folder.resolve("mhs.yaml"), yaml);
    return (Settings) Configuration.load(Map.of(), folder);
  }

  private Function<SourceContext, Source> source(
      Poll<List<Sighting>> devices, String finding, @Nullable String remedy) {
    return answering(() -> devices, new Finding(Finding.Level.LACKING, finding, remedy));
  }

  /** What a source is asked. */
  private interface Question {
    Poll<List<Sighting>> ask() throws InterruptedException;
  }

  private Function<SourceContext, Source> answering(Question question, Finding... findings) {
    return context -> {
      opened.put(context.id().name(), context.settings().text("scan").orElse(""));
      return new Source() {
        @Override
        public Optional<DeviceSource> devices() {
          return Optional.of(
              new DeviceSource() {
                @Override
                public Poll<List<Sighting>> devices() throws InterruptedException {
                  return question.ask();
                }

                @Override
                public Cadence cadence() {
                  Duration soon = Duration.ofMillis(200);
                  return new Cadence(soon, soon, soon);
                }
              });
        }

        @Override
        public List<Finding> findings() {
          return List.of(findings);
        }

        @Override
        public void close() {
          opened.remove("closed");
        }
      };
    };
  }

  private static SourceProvider provider(String type, Function<SourceContext, Source> open) {
    return new SourceProvider() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public Source open(SourceContext context) {
        return open.apply(context);
      }
    };
  }
}
