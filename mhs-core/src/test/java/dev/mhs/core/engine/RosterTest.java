package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.SourceId;
import dev.mhs.core.plugin.PluginJar;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.spi.SourceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterTest {
  @TempDir private Path folder;

  @BeforeEach
  void twoPlugins() throws IOException {
    for (String type : List.of("acme", "other")) {
      new PluginJar()
          .withProvider("plug." + type, PluginJar.provider("plug." + type, '"' + type + '"', ""))
          .write(folder.resolve("plugins/" + type + "/a.jar"));
    }
  }

  @Test
  void aPluginThatIsNotMentionedIsOpenedUnderItsType() {
    assertEquals(List.of("acme acme", "other other"), wanted(roster(List.of(), Set.of())));
  }

  @Test
  void aPluginThatIsMentionedIsOpenedAsConfigured() {
    List<SourceSpec> specs = List.of(spec("one", "acme"), spec("two", "acme"));

    assertEquals(List.of("one acme", "two acme", "other other"), wanted(roster(specs, Set.of())));
  }

  @Test
  void aPluginThatIsNotWantedIsNotOpened() {
    assertEquals(List.of("other other"), wanted(roster(List.of(), Set.of(new SourceId("acme")))));
  }

  @Test
  void aTypeThatNobodyOffersIsAProblem() {
    Roster roster = roster(List.of(spec("box", "nobody")), Set.of());

    assertEquals(
        List.of("there is no source of type \"nobody\""),
        roster.problems().stream().map(one -> one.problem()).toList());
  }

  @Test
  void aNameIsGivenToOneSourceOnly() {
    Roster roster = roster(List.of(spec("acme", "other")), Set.of());

    assertEquals(List.of("acme other"), wanted(roster));
    assertEquals(
        List.of("its name \"acme\" is taken; name a source of this type in the configuration"),
        roster.problems().stream().map(one -> one.problem()).toList());
  }

  private Roster roster(List<SourceSpec> specs, Set<SourceId> disabled) {
    try (Providers providers = Providers.load(folder.resolve("plugins"))) {
      return Roster.of(specs, disabled, providers);
    }
  }

  private static SourceSpec spec(String id, String type) {
    return new SourceSpec(new SourceId(id), type, null, SourceSettings.NONE);
  }

  private static List<String> wanted(Roster roster) {
    return roster.wanted().stream()
        .map(entry -> entry.spec().id() + " " + entry.provider().type())
        .toList();
  }
}
