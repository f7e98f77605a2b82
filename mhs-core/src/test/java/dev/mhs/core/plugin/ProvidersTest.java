package dev.mhs.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  private static final Logger LOG = Logger.getLogger(Providers.class.getName());

  @TempDir private Path folder;
  private Providers providers = Providers.of();

  @BeforeEach
  void expectWarnings() {
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    providers.close();
    LOG.setLevel(null);
  }

  @Test
  void aFolderThatDoesNotExistHoldsNone() {
    providers = Providers.load(folder.resolve("none"));

    assertEquals(List.of(), providers.found());
    assertEquals(List.of(), providers.problems());
  }

  @Test
  void aJarInAFolderOfItsOwnIsFound() throws IOException {
    simple("acme.Acme", "acme").write(plugins().resolve("acme/acme.jar"));

    load();

    FoundProvider found = only();
    assertEquals("acme", found.type());
    assertEquals("acme", found.vendor());
    assertEquals(50, found.priority());
    assertEquals(plugins().resolve("acme").toString(), found.origin());
    assertTrue(found.isPlugin());
    assertSame(found.classLoader(), found.provider().getClass().getClassLoader());
    assertNotSame(Providers.class.getClassLoader(), found.classLoader());
  }

  @Test
  void aJarThatLiesLooseIsFoundToo() throws IOException {
    simple("acme.Acme", "acme").write(plugins().resolve("acme.jar"));
    Files.writeString(plugins().resolve("README.txt"), "not a plugin");

    load();

    assertEquals(plugins().resolve("acme.jar").toString(), only().origin());
  }

  @Test
  void allJarsOfAFolderAreOnePlugin() throws IOException {
    new PluginJar()
        .with("acme.Name", "package acme; public interface Name { String NAME = \"acme\"; }")
        .write(plugins().resolve("acme/lib.jar"));
    new PluginJar()
        .with("acme.Name", "package acme; public interface Name { String NAME = \"acme\"; }")
        .withProvider(
            "acme.Acme",
            PluginJar.provider("acme.Acme", "Name.class.getSimpleName().toLowerCase()", ""))
        .write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals("name", only().type());
  }

  @Test
  void aPluginSeesTheSpiAndNothingElseOfOurs() throws IOException {
    String body =
        """
        public String vendor() {
          StringBuilder seen = new StringBuilder();
          for (String name : new String[] {
              "dev.mhs.api.MacAddress", "dev.mhs.core.spi.Source", "java.sql.Driver",
              "dev.mhs.core.engine.Engine", "dev.mhs.core.plugin.Providers",
              "org.junit.jupiter.api.Test"}) {
            try {
              Class.forName(name);
              seen.append(name).append(' ');
            } catch (ClassNotFoundException hidden) {
              continue;
            }
          }
          return seen.toString();
        }
        """;
    new PluginJar()
        .withProvider("acme.Acme", PluginJar.provider("acme.Acme", "\"acme\"", body))
        .write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(
        "dev.mhs.api.MacAddress dev.mhs.core.spi.Source java.sql.Driver ", only().vendor());
  }

  @Test
  void twoPluginsDoNotSeeEachOther() throws IOException {
    simple("acme.Same", "one").write(plugins().resolve("one/a.jar"));
    simple("acme.Same", "two").write(plugins().resolve("two/a.jar"));

    load();

    assertEquals(List.of("one", "two"), types());
    assertNotSame(
        providers.found().getFirst().provider().getClass(),
        providers.found().getLast().provider().getClass());
  }

  @Test
  void theContextClassLoaderIsThePluginsWhileItIsLoaded() throws IOException {
    String body =
        """
        private static String own() {
          return String.valueOf(
              Thread.currentThread().getContextClassLoader() == Acme.class.getClassLoader());
        }
        private final String made = own();
        public String vendor() { return made + own(); }
        """;
    new PluginJar()
        .withProvider("acme.Acme", PluginJar.provider("acme.Acme", "\"acme\"", body))
        .write(plugins().resolve("acme/acme.jar"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    load();

    assertEquals("truetrue", only().vendor());
    assertSame(before, Thread.currentThread().getContextClassLoader());
  }

  @Test
  void aDamagedJarIsSkippedAndTheOthersAreFound() throws IOException {
    Files.createDirectories(plugins().resolve("broken"));
    Files.writeString(plugins().resolve("broken/broken.jar"), "no jar at all");
    simple("acme.Acme", "acme").write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of("acme"), types());
    assertTrue(problem().startsWith("broken.jar cannot be read: "), problem());
  }

  @Test
  void aJarThatIsCutOffIsSkipped() throws IOException {
    Path jar = simple("acme.Acme", "acme").write(plugins().resolve("acme/acme.jar"));
    byte[] whole = Files.readAllBytes(jar);
    Files.write(jar, java.util.Arrays.copyOf(whole, whole.length / 2));

    load();

    assertEquals(List.of(), types());
    assertFalse(problem().isEmpty());
  }

  @Test
  void aJarWithoutServicesIsSkipped() throws IOException {
    new PluginJar()
        .with("acme.Acme", PluginJar.provider("acme.Acme", "\"acme\"", ""))
        .write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of(), types());
    assertEquals("no provider in META-INF/services/dev.mhs.core.spi.SourceProvider", problem());
  }

  @Test
  void servicesThatNameNobodyAreReportedOnce() throws IOException {
    simple("acme.Acme", "acme").naming("acme.Nobody").write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of("acme"), types());
    assertTrue(problem().contains("acme.Nobody"), problem());
  }

  @Test
  void servicesThatAreNonsenseAreReportedOnce() throws IOException {
    new PluginJar().naming("this is no name").write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of(), types());
    assertFalse(problem().isEmpty());
  }

  @Test
  void aProviderThatThrowsWhenItIsMadeIsSkipped() throws IOException {
    String body = "public Acme() { throw new IllegalStateException(\"a bug\"); }";
    new PluginJar()
        .withProvider("acme.Acme", PluginJar.provider("acme.Acme", "\"acme\"", body))
        .write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of(), types());
    assertTrue(problem().contains("acme.Acme"), problem());
  }

  @Test
  void aProviderThatLacksALibraryIsSkipped() throws IOException {
    String body =
        "private final org.junit.jupiter.api.Assertions none = null;"
            + " public Acme() { org.junit.jupiter.api.Assertions.assertTrue(true); }";
    new PluginJar()
        .withProvider("acme.Acme", PluginJar.provider("acme.Acme", "\"acme\"", body))
        .write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of(), types());
    assertFalse(problem().isEmpty());
  }

  @Test
  void ofTwoOfOneTypeTheFirstIsTaken() throws IOException {
    simple("one.One", "acme").write(plugins().resolve("one/a.jar"));
    simple("two.Two", "acme").write(plugins().resolve("two/a.jar"));

    load();

    assertEquals(1, providers.found().size());
    assertEquals(plugins().resolve("one").toString(), providers.found().getFirst().origin());
    assertEquals("its type \"acme\" is taken by " + plugins().resolve("one"), problem());
  }

  @Test
  void aPriorityOutOfRangeIsSkipped() throws IOException {
    String body = "public int priority() { return 1000; }";
    new PluginJar()
        .withProvider("acme.Acme", PluginJar.provider("acme.Acme", "\"acme\"", body))
        .write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals("priority is 1000, but must be 1 to 999", problem());
  }

  @Test
  void aTypeThatCannotBeConfiguredIsSkipped() throws IOException {
    simple("acme.Acme", "Bad Type!").write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of(), types());
    assertEquals(
        "the type is \"Bad Type!\", but must be lower-case letters, digits and dashes", problem());
  }

  @Test
  void aProviderWithoutTypeOrVendorIsSkipped() throws IOException {
    new PluginJar()
        .withProvider("acme.One", PluginJar.provider("acme.One", "null", ""))
        .withProvider(
            "acme.Two",
            PluginJar.provider("acme.Two", "\"two\"", "public String vendor() { return null; }"))
        .write(plugins().resolve("acme/acme.jar"));

    load();

    assertEquals(List.of(), types());
    assertEquals(2, providers.problems().size());
  }

  private Path plugins() throws IOException {
    return Files.createDirectories(folder.resolve("plugins"));
  }

  private void load() throws IOException {
    providers = Providers.load(plugins());
  }

  private static PluginJar simple(String className, String type) {
    return new PluginJar()
        .withProvider(className, PluginJar.provider(className, '"' + type + '"', ""));
  }

  private List<String> types() {
    return providers.found().stream().map(FoundProvider::type).toList();
  }

  private FoundProvider only() {
    assertEquals(List.of(), providers.problems());
    assertEquals(1, providers.found().size());
    return providers.found().getFirst();
  }

  private String problem() {
    assertEquals(1, providers.problems().size(), () -> "" + providers.problems());
    return providers.problems().getFirst().problem();
  }
}
