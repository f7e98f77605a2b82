package dev.mhs.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.api.SourceId;
import dev.mhs.core.engine.SourceSpec;
import dev.mhs.core.history.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void withoutAnyConfigurationTheLocalNetworkIsWatchedOnPort8000() {
    Settings settings = settings(Map.of());

    assertEquals(
        new Settings.Server("0.0.0.0", 8000, Duration.ofSeconds(2), List.of(), "", null),
        settings.server());
    assertEquals(List.of("local"), ids(settings));
    assertEquals(
        Map.of("scan", "active", "means", "nmap,arp,ping", "counting", "auto"),
        spec(settings, "local").settings().values());
    assertEquals(folder.resolve("data"), settings.dataFolder());
    assertEquals(folder.resolve("plugins"), settings.pluginsFolder());
    assertEquals(
        new Settings.PresenceTimes(Duration.ofSeconds(90), Duration.ofMinutes(3)),
        settings.presence());
    assertEquals(new Settings.HistorySettings(true, Retention.DEFAULT), settings.history());
    assertEquals(List.of(0, 5, 30, 500, 1000), settings.presets());
    assertEquals(System.Logger.Level.INFO, settings.logLevel());
    assertNull(settings.dashboard());
    assertEquals(Set.of(), settings.disabled());
    assertEquals(List.of(), settings.readFrom());
  }

  @Test
  void theEnvironmentBeatsDotEnvWhichBeatsTheFile() throws IOException {
    write("mhs.yaml", "server:\n  port: 1\n  host: a.lan\n  push-interval: 5s\n");
    write(".env", "APP_PORT=2\nAPP_HOST='b.lan'\n");

    Settings settings = settings(Map.of("MHS_SERVER_PORT", "3"));

    assertEquals(3, settings.server().port());
    assertEquals("b.lan", settings.server().host());
    assertEquals(Duration.ofSeconds(5), settings.server().pushInterval());
    assertEquals(List.of(folder.resolve("mhs.yaml"), folder.resolve(".env")), settings.readFrom());
  }

  @Test
  void aVariableOfTheLongNameBeatsTheShortOne() {
    assertEquals(2, settings(Map.of("APP_PORT", "1", "MHS_SERVER_PORT", "2")).server().port());
  }

  @Test
  void theFileIsLookedForHereThenSystemWide() throws IOException {
    Path systemWide = write("etc.yaml", "server: {port: 1}");

    assertEquals(1, settings(Map.of(), systemWide).server().port());
    write("mhs.yaml", "server: {port: 2}");
    assertEquals(2, settings(Map.of(), systemWide).server().port());
    write("other.yaml", "server: {port: 3}");
    assertEquals(3, settings(Map.of("MHS_CONFIG", "other.yaml"), systemWide).server().port());
  }

  @Test
  void aNamedFileMustExist() {
    assertEquals(
        List.of("MHS_CONFIG is \"nowhere.yaml\", but there is no such file."),
        problems(Map.of("MHS_CONFIG", "nowhere.yaml")));
    assertEquals(1, problems(Map.of("MHS_CONFIG", "\0")).size());
  }

  @Test
  void whatIsDoneAboutFastTrackIsSaidOnceForEveryRouter() {
    assertEquals(
        null,
        spec(settings(Map.of("ROUTER_PASS", "x")), "mikrotik")
            .settings()
            .values()
            .get("fasttrack"));
    Settings settings = settings(Map.of("ROUTER_PASS", "x", "MHS_LIMITS_FASTTRACK", "exempt"));

    assertEquals("exempt", spec(settings, "mikrotik").settings().values().get("fasttrack"));
    assertEquals(null, spec(settings, "local").settings().values().get("fasttrack"));
    assertEquals(1, problems(Map.of("MHS_LIMITS_FASTTRACK", "sometimes")).size());
  }

  @Test
  void theRouterIsAskedOnlyOnceSomebodyConfiguredIt() {
    assertEquals(List.of("local"), ids(settings(Map.of("SWITCH_USER", "me"))));
    assertEquals(
        List.of("local"), ids(settings(Map.of("ROUTER_HOST", "", "ROUTER_PASS", "secret"))));

    Settings settings = settings(Map.of("ROUTER_PASS", "secret"));

    assertEquals(
        new SourceSpec(
            new SourceId("mikrotik"), "routeros", null, spec(settings, "mikrotik").settings()),
        spec(settings, "mikrotik"));
    assertEquals(
        Map.of(
            "host",
            "192.168.4.1",
            "user",
            "admin",
            "pass",
            "secret",
            "verify-ssl",
            "false",
            "role",
            "router"),
        spec(settings, "mikrotik").settings().values());
  }

  @Test
  void aSwitchIsASourceOfItsOwn() {
    Settings settings =
        settings(Map.of("SWITCH_HOST", "[fd00::2]:8443", "SWITCH_VERIFY_SSL", "True"));

    assertEquals("routeros", spec(settings, "switch").type());
    assertEquals(
        Map.of("host", "[fd00::2]:8443", "user", "admin", "verify-ssl", "true", "role", "switch"),
        spec(settings, "switch").settings().values());
  }

  @Test
  void severalSwitchesAreSourcesOfTheirOwn() {
    Settings settings =
        settings(Map.of("SWITCH_HOST", "10.0.0.2, 10.0.0.3:8443", "SWITCH_PASS", "geheim"));

    assertEquals("10.0.0.2", spec(settings, "switch").settings().values().get("host"));
    Map<String, String> second = spec(settings, "switch-2").settings().values();
    assertEquals("10.0.0.3:8443", second.get("host"));
    assertEquals("geheim", second.get("pass"));
    assertEquals("switch", second.get("role"));
  }

  @Test
  void aListOfSwitchesTakesWhatItDoesNotSayFromTheSwitch() throws IOException {
    write(
        "mhs.yaml",
        """
        switch: {user: watcher, pass: all, tls: plain}
        switches:
          - host: 10.0.0.2
            name: hall
            pass: "one"
          - 10.0.0.3
          - host: 10.0.0.4:8443
            devices: false
        sources:
          hall: {priority: 90}
        """);

    Settings settings = settings(Map.of("MHS_SOURCES_HALL_TLS", "pin"));

    assertEquals(90, spec(settings, "hall").priority());
    assertEquals(
        Map.of(
            "host", "10.0.0.2",
            "user", "watcher",
            "pass", "one",
            "verify-ssl", "false",
            "tls", "pin",
            "role", "switch"),
        spec(settings, "hall").settings().values());
    Map<String, String> second = spec(settings, "switch").settings().values();
    assertEquals("10.0.0.3", second.get("host"));
    assertEquals("all", second.get("pass"));
    Map<String, String> third = spec(settings, "switch-2").settings().values();
    assertEquals("10.0.0.4:8443", third.get("host"));
    assertEquals("false", third.get("devices"));
  }

  @Test
  void mistakesInTheListOfSwitchesAreNamed() throws IOException {
    write(
        "mhs.yaml",
        """
        switches:
          - {name: hall, pass: secret}
          - {host: 10.0.0.2, name: Attic}
          - {host: "not a host"}
          - {host: 10.0.0.3, name: mikrotik}
          - [10.0.0.4]
        router: {host: 10.0.0.1}
        """);

    List<String> problems = problems(Map.of());

    assertEquals(5, problems.size(), problems::toString);
    String all = problems.toString();
    assertTrue(all.contains("entry 1, needs a host"), all);
    assertTrue(all.contains("entry 2, name is \"Attic\" (mhs.yaml, line 3), but must be"), all);
    assertTrue(all.contains("entry 3, host is \"not a host\""), all);
    assertTrue(all.contains("\"mikrotik\", which another source has already"), all);
    assertTrue(all.contains("line 6: a switch is written as host:"), all);
    assertFalse(all.contains("secret"), all);
  }

  @Test
  void trustIsASettingOfTheRouter() {
    Map<String, String> router =
        spec(
                settings(
                    Map.of(
                        "ROUTER_HOST", "10.0.0.1",
                        "ROUTER_TLS", "CA",
                        "ROUTER_CA_FILE", "/etc/mhs/router-ca.pem")),
                "mikrotik")
            .settings()
            .values();

    assertEquals("ca", router.get("tls"));
    assertEquals("/etc/mhs/router-ca.pem", router.get("ca-file"));
  }

  @Test
  void furtherSourcesAreTakenAsTheyAreWritten() throws IOException {
    write(
        "mhs.yaml",
        """
        router: {host: 10.0.0.1}
        sources:
          mikrotik:
            priority: 200
            ca-file: /etc/ca.pem
          hall-ap:
            type: unifi
            url: https://x
            sites: [a, b]
            tls:
              mode: pin
          spare:
            enabled: false
        """);

    Settings settings = settings(Map.of("MHS_SOURCES_HALL_AP_API_KEY", "k"));

    assertEquals(200, spec(settings, "mikrotik").priority());
    assertEquals("/etc/ca.pem", spec(settings, "mikrotik").settings().values().get("ca-file"));
    assertEquals("10.0.0.1", spec(settings, "mikrotik").settings().values().get("host"));
    assertEquals("unifi", spec(settings, "hall-ap").type());
    assertEquals(
        Map.of("url", "https://x", "sites", "a,b", "tls.mode", "pin", "api-key", "k"),
        spec(settings, "hall-ap").settings().values());
    assertEquals(Set.of(new SourceId("spare")), settings.disabled());
    assertEquals(List.of("mikrotik", "hall-ap", "local"), ids(settings));
  }

  @Test
  void localCanBeSwitchedOffAndReordered() {
    assertEquals(List.of(), ids(settings(Map.of("MHS_LOCAL_ENABLED", "no"))));
    assertEquals(
        Set.of(new SourceId("local")),
        settings(Map.of("MHS_SOURCES_LOCAL_ENABLED", "false")).disabled());

    Settings settings =
        settings(
            Map.of(
                "MHS_SOURCES_LOCAL_PRIORITY", "150",
                "MHS_LOCAL_INTERFACES", "eth0, wlan0",
                "MHS_LOCAL_COUNTING", "off",
                "MHS_LOCAL_SCAN", "Passive"));

    assertEquals(150, spec(settings, "local").priority());
    assertEquals(
        Map.of(
            "scan", "passive",
            "interfaces", "eth0,wlan0",
            "means", "nmap,arp,ping",
            "counting", "off"),
        spec(settings, "local").settings().values());
  }

  @Test
  void aValueInYamlStaysAsItWasWritten() throws IOException {
    write("mhs.yaml", "router:\n  pass: 0123\nlocal:\n  scan: off\nlog: {level: off}\n");

    Settings settings = settings(Map.of());

    assertEquals("0123", spec(settings, "mikrotik").settings().values().get("pass"));
    assertEquals("off", spec(settings, "local").settings().values().get("scan"));
    assertEquals(System.Logger.Level.OFF, settings.logLevel());
  }

  @Test
  void listsMayBeWrittenAsListsOrWithCommas() throws IOException {
    write("mhs.yaml", "presets: [0, 10]\nserver:\n  allowed-hosts:\n    - A.example\n    - ::1\n");

    Settings settings = settings(Map.of());

    assertEquals(List.of(0, 10), settings.presets());
    assertEquals(List.of("a.example", "::1"), settings.server().allowedHosts());
    assertEquals(List.of(7), settings(Map.of("MHS_PRESETS", "7")).presets());
  }

  @Test
  void aHeadingWithoutSettingsIsNoMistake() throws IOException {
    write("mhs.yaml", "# all commented out\nrouter:\n#  host: x\nsources:\nserver: {}\n");

    assertEquals(List.of("local"), ids(settings(Map.of())));
  }

  @Test
  void anEmptyValueMeansTheDefault() throws IOException {
    write("mhs.yaml", "server:\n  port:\n");

    assertEquals(8000, settings(Map.of("APP_HOST", " ")).server().port());
  }

  @Test
  void theDashboardIsProtectedByBothOrNeither() {
    Settings.Credentials credentials =
        settings(Map.of("DASHBOARD_USER", "me", "DASHBOARD_PASS", "p")).dashboard();

    assertNotNull(credentials);
    assertEquals("p", credentials.pass().reveal());
    assertEquals(
        List.of(
            "dashboard.pass is given (variable DASHBOARD_PASS), but dashboard.user is not;"
                + " the dashboard is protected by both or by neither."),
        problems(Map.of("DASHBOARD_PASS", "hunter2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "APP_PORT|99999|server.port is \"99999\" (variable APP_PORT), but must be a whole number from 0 to 65535.",
        "APP_PORT|-1|server.port is \"-1\" (variable APP_PORT), but must be a whole number from 0 to 65535.",
        "APP_PORT|1e3|server.port is \"1e3\" (variable APP_PORT), but must be a whole number from 0 to 65535.",
        "APP_HOST|exa mple|server.host is \"exa mple\" (variable APP_HOST), but must be a host name or an IP address.",
        "APP_HOST|1.2.3.456|server.host is \"1.2.3.456\" (variable APP_HOST), but must be a host name or an IP address.",
        "MHS_SERVER_PUSH_INTERVAL|2 parsecs|server.push-interval is \"2 parsecs\" (variable MHS_SERVER_PUSH_INTERVAL), but must be a time from 500ms to 60s with its unit: ms, s, m, h or d.",
        "MHS_SERVER_PUSH_INTERVAL|-2s|server.push-interval is \"-2s\" (variable MHS_SERVER_PUSH_INTERVAL), but must be a time from 500ms to 60s with its unit: ms, s, m, h or d.",
        "MHS_HISTORY_KEEP|1h|history.keep is \"1h\" (variable MHS_HISTORY_KEEP), but must be a time from 1d to 3650d with its unit: ms, s, m, h or d.",
        "MHS_LOCAL_ENABLED|maybe|local.enabled is \"maybe\" (variable MHS_LOCAL_ENABLED), but must be true or false.",
        "MHS_LOCAL_SCAN|loud|local.scan is \"loud\" (variable MHS_LOCAL_SCAN), but must be active, passive or off.",
        "MHS_PRESETS|5,,30|presets is \"5,,30\" (variable MHS_PRESETS), but must be a list of whole numbers from 0 to 100000.",
        "ROUTER_HOST|10.0.0.1:0|router.host is \"10.0.0.1:0\" (variable ROUTER_HOST), but must be a host name or an IP address, with :port where it is not the usual one.",
        "ROUTER_HOST|https://10.0.0.1|router.host is \"https://10.0.0.1\" (variable ROUTER_HOST), but must be a host name or an IP address, with :port where it is not the usual one.",
        "ALERT_WEBHOOK_URL|ftp://token|alerts.webhook-url has a value that is not shown (variable ALERT_WEBHOOK_URL), but must be an http or https address, with %3B in the place of a semicolon.",
        "ALERT_WEBHOOK_URL|http://hook/a?b;c|alerts.webhook-url has a value that is not shown (variable ALERT_WEBHOOK_URL), but must be an http or https address, with %3B in the place of a semicolon.",
        "MHS_SOURCES_NAS_PRIORITY|1000|sources.nas.priority is \"1000\" (variable MHS_SOURCES_NAS_PRIORITY), but must be a whole number from 1 to 999.",
        "MHS_SOURCES_NAS|x|variable MHS_SOURCES_NAS: MHS_SOURCES_<ID>_<KEY> is expected.",
        "MHS_SERVER_PROT|1|variable MHS_SERVER_PROT is no setting; did you mean MHS_SERVER_PORT?",
        "MHS_QUITE_ELSE|1|variable MHS_QUITE_ELSE is no setting.",
        "MHS_PRESENCE_OFFLINE_AFTER|10s|presence.offline-after (variable MHS_PRESENCE_OFFLINE_AFTER) must not be shorter than presence.online-for (the default).",
      })
  void aWrongVariableIsOneSentence(String variable, String value, String sentence) {
    assertEquals(List.of(sentence), problems(Map.of(variable, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "server: {port: 99999}|server.port is \"99999\" (mhs.yaml, line 1), but must be a whole number from 0 to 65535.",
        "server: {port: {a: 1}}|mhs.yaml, line 1: \"server.port.a\" is no setting; did you mean server.port?",
        "server: {prot: 1}|mhs.yaml, line 1: \"server.prot\" is no setting; did you mean server.port?",
        "router: {password: geheim}|mhs.yaml, line 1: \"router.password\" is no setting.",
        "server: 5|mhs.yaml, line 1: server must hold settings of its own, such as server.host.",
        "server: {host: [a, b]}|server.host is \"a,b\" (mhs.yaml, line 1), but must be a host name or an IP address.",
        "presets: [{a: 1}]|mhs.yaml, line 1: the list \"presets\" may hold plain texts only.",
        "sources: {nas: 1}|mhs.yaml, line 1: under sources, \"nas\" needs settings of its own, such as type.",
        "sources: {Nas: {type: x}}|the name of a source is \"Nas\" (mhs.yaml, line 1), but must be lower-case letters, digits and dashes.",
        "router: {pass: *secret}|mhs.yaml, line 1 is not YAML: a value that begins with * must stand in quotes.",
        "router: {pass: !secret }|mhs.yaml, line 1: the value of \"router.pass\" must stand in quotes, because of how it begins.",
        "router: {pass: &secret }|mhs.yaml, line 1: the value of \"router.pass\" must stand in quotes, because of how it begins.",
        "[1, 2]|mhs.yaml must hold settings, such as server: {port: 8000}.",
        "server: {port: 1, port: 2}|mhs.yaml, line 1: \"server.port\" stands there already: mhs.yaml, line 1.",
        "server: {port: 1|mhs.yaml, line 1 is not YAML: expected ',' or '}', but got <stream end>.",
      })
  void aWrongFileIsOneSentence(String yaml, String sentence) throws IOException {
    write("mhs.yaml", yaml);

    assertEquals(List.of(sentence), problems(Map.of()));
  }

  @Test
  void everyMistakeIsToldAtOnce() throws IOException {
    write("mhs.yaml", "server:\n  port: x\n  hots: y\n");
    write(".env", "nonsense\nROUTER_HSOT=z\n");

    assertEquals(
        List.of(
            ".env, line 1 is not understood; it must be NAME=value, \"value\" or 'value'.",
            "mhs.yaml, line 3: \"server.hots\" is no setting; did you mean server.host?",
            ".env, line 2, variable ROUTER_HSOT is no setting; did you mean ROUTER_HOST?",
            "server.port is \"x\" (mhs.yaml, line 2), but must be a whole number from 0 to 65535."),
        problems(Map.of()));
  }

  @Test
  void aSecretIsNeverToldNotEvenByMistake() throws IOException {
    write("mhs.yaml", "router: {pass: hunter2, pas: hunter2}\nalerts: {webhook-url: hunter2}\n");
    write(".env", "hunter2\nDASHBOARD_PASS='hunter2\nROUTER_PAS=hunter2\n");

    List<String> sentences = problems(Map.of("MHS_ROUTER_PASSWORD", "hunter2"));

    assertEquals(6, sentences.size(), sentences::toString);
    assertFalse(sentences.toString().contains("hunter2"), sentences::toString);
    assertFalse(
        settings(Map.of("DASHBOARD_USER", "me", "DASHBOARD_PASS", "hunter2"), empty(), empty())
            .toString()
            .contains("hunter2"));
  }

  @Test
  void ofOtherProgramsVariablesNothingIsSaid() {
    assertEquals(
        8000,
        settings(Map.of("APP_PROT", "x", "HOME", "/", "MHS_JAVA_OPTIONS", "-X")).server().port());
  }

  @Test
  void whatIsNoReadableTextIsToldByName() throws IOException {
    Files.write(folder.resolve("mhs.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.createDirectory(folder.resolve(".env"));

    assertEquals(List.of(".env is no file.", "mhs.yaml is no text in UTF-8."), problems(Map.of()));
  }

  private Path empty() {
    return folder.resolve("empty");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Settings settings(Map<String, String> environment) {
    return settings(environment, folder.resolve("none.yaml"));
  }

  private Settings settings(Map<String, String> environment, Path systemWide) {
    return settings(environment, folder, systemWide);
  }

  private static Settings settings(Map<String, String> environment, Path folder, Path systemWide) {
    return switch (Configuration.load(environment, folder, systemWide)) {
      case Settings settings -> settings;
      case Problems problems -> fail("problems: " + problems.sentences());
    };
  }

  private List<String> problems(Map<String, String> environment) {
    return switch (Configuration.load(environment, folder, folder.resolve("none.yaml"))) {
      case Settings settings -> fail("no problem: " + settings);
      case Problems problems -> problems.sentences();
    };
  }

  private static List<String> ids(Settings settings) {
    return settings.sources().stream().map(spec -> spec.id().name()).toList();
  }

  private static SourceSpec spec(Settings settings, String id) {
    Optional<SourceSpec> found =
        settings.sources().stream().filter(spec -> spec.id().name().equals(id)).findFirst();
    assertTrue(found.isPresent(), () -> id + " is not among " + settings.sources());
    return found.get();
  }
}
