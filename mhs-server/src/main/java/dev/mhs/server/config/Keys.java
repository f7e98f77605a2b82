package dev.mhs.server.config;

import dev.mhs.core.alert.QuietHours;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every setting that there is. {@code docs/configuration.md} is made of this table. */
final class Keys {
  static final Key<String> SERVER_HOST =
      Key.of("server.host", Kind.HOST, "the address to listen on; 0.0.0.0 is all of them")
          .or("0.0.0.0")
          .variable("APP_HOST");
  static final Key<Integer> SERVER_PORT =
      Key.of("server.port", Kind.PORT, "the port of the dashboard; 0 takes any free one")
          .or("8000")
          .variable("APP_PORT");
  static final Key<Duration> PUSH_INTERVAL =
      Key.of(
              "server.push-interval",
              Kind.time("500ms", "60s"),
              "the time between two updates of the page")
          .or("2s");
  static final Key<List<String>> ALLOWED_HOSTS =
      Key.of(
          "server.allowed-hosts",
          Kind.HOSTS,
          "further names by which browsers may call this server, for instance behind a proxy");
  static final Key<List<InetAddress>> TRUSTED_PROXIES =
      Key.of(
          "server.trusted-proxies",
          Kind.ADDRESSES,
          "the addresses of reverse proxies that say for whom they ask (X-Forwarded-For); this machine's own need not be named");
  static final Key<Integer> CONNECTIONS_PER_ADDRESS =
      Key.of(
              "server.connections-per-address",
              Kind.number(10, 2000),
              "how many connections one address may hold, half of them live views; reverse proxies may hold more")
          .or("100");

  static final Key<String> SERVER_TLS =
      Key.of(
              "server.tls",
              Kind.HTTPS,
              "HTTPS: off; self-signed makes a certificate, which browsers ask about once; files uses yours")
          .or("off");
  static final Key<String> TLS_CERTIFICATE =
      Key.of("server.tls-cert", Kind.FILE, "the certificate and its chain, as PEM");
  static final Key<String> TLS_KEY =
      Key.of("server.tls-key", Kind.FILE, "its private key, as PEM and not encrypted");

  static final Key<String> BASE_PATH =
      Key.of(
          "server.base-path",
          Kind.BASE_PATH,
          "what stands before every path, where a proxy passes a sub-path on as it is");

  static final Key<String> DEMO =
      Key.of(
          "server.demo",
          Kind.WEB_ADDRESS,
          "marks the page as a demo and links to where the played household is steered; ./mhs demo sets it");

  static final Key<String> DASHBOARD_USER =
      Key.of(
              "dashboard.user",
              Kind.USER,
              "who may come in; without it everybody on the network may read")
          .variable("DASHBOARD_USER");
  static final Key<Secret> DASHBOARD_PASS =
      Key.of("dashboard.pass", Kind.SECRET, "the password that goes with it")
          .variable("DASHBOARD_PASS")
          .hidden();
  static final Key<Duration> SESSION_IDLE =
      Key.of(
              "dashboard.session-idle",
              Kind.time("1m", "365d"),
              "how long a browser stays signed in without being used")
          .or("7d");
  static final Key<Duration> SESSION_LONGEST =
      Key.of(
              "dashboard.session-longest",
              Kind.time("1m", "365d"),
              "how long a browser stays signed in at most")
          .or("30d");

  static final Key<Path> DATA_FOLDER =
      Key.of("data.dir", Kind.FOLDER, "the folder for what survives a restart").or("./data");
  static final Key<Path> PLUGINS_FOLDER =
      Key.of("plugins.dir", Kind.FOLDER, "the folder of drop-in sources, one folder for each")
          .or("./plugins");

  static final Key<Boolean> LOCAL_ENABLED =
      Key.of("local.enabled", Kind.FLAG, "whether this machine itself looks at the network")
          .or("true");
  static final Key<String> LOCAL_SCAN =
      Key.of(
              "local.scan",
              Kind.SCAN,
              "active asks every address of the connected networks; passive sends nothing; off lists no devices")
          .or("active");
  static final Key<List<String>> LOCAL_INTERFACES =
      Key.of(
          "local.interfaces",
          Kind.INTERFACES,
          "the interfaces to watch; all that are suitable unless named");

  static final Key<List<String>> LOCAL_MEANS =
      Key.of(
              "local.means",
              Kind.MEANS,
              "by which means devices are looked for, where each is at hand; their findings are joined")
          .or("nmap,arp,ping");
  static final Key<List<String>> LOCAL_LEASES =
      Key.of(
          "local.leases",
          Kind.PATHS,
          "the lease files of a DHCP server on this machine (dnsmasq, Kea, ISC), for names; looked for in"
              + " the usual places unless named");

  static final Key<String> LOCAL_COUNTING =
      Key.of(
              "local.counting",
              Kind.COUNTING,
              "how it is counted what devices exchange with the internet: auto takes the best way"
                  + " that is permitted (nftables, conntrack, pcap, in this order); off never counts")
          .or("auto");

  static final Key<String> ROUTER_HOST =
      Key.of(
              "router.host",
              Kind.ENDPOINT_TEXT,
              "the RouterOS router; it is asked only once any router setting is given, and not if this one is given as empty")
          .or("192.168.4.1")
          .variable("ROUTER_HOST");
  static final Key<String> ROUTER_USER =
      Key.of("router.user", Kind.USER, "the user on the router")
          .or("admin")
          .variable("ROUTER_USER");
  static final Key<Secret> ROUTER_PASS =
      Key.of("router.pass", Kind.SECRET, "that user's password").variable("ROUTER_PASS").hidden();
  static final Key<Boolean> ROUTER_VERIFY_SSL =
      Key.of(
              "router.verify-ssl",
              Kind.FLAG,
              "whether the certificate must come from a known authority; otherwise the first one seen is pinned")
          .or("false")
          .variable("ROUTER_VERIFY_SSL");

  static final Key<String> ROUTER_TLS =
      Key.of(
              "router.tls",
              Kind.TLS,
              "how the router proves to be the right one: pin remembers its first certificate, ca"
                  + " wants a signed one, insecure takes any, plain is without encryption; ca with a"
                  + " CA file or verify-ssl, else pin")
          .variable("ROUTER_TLS");
  static final Key<String> ROUTER_CA_FILE =
      Key.of(
              "router.ca-file",
              Kind.FILE,
              "the certificate (PEM) of who signed the router's; those that Java knows unless given")
          .variable("ROUTER_CA_FILE");

  static final Key<List<String>> SWITCH_HOST =
      Key.of("switch.host", Kind.ENDPOINTS, "the RouterOS switches; none unless named")
          .variable("SWITCH_HOST");
  static final Key<String> SWITCH_USER =
      Key.of("switch.user", Kind.USER, "the user on the switch")
          .or("admin")
          .variable("SWITCH_USER");
  static final Key<Secret> SWITCH_PASS =
      Key.of("switch.pass", Kind.SECRET, "that user's password").variable("SWITCH_PASS").hidden();
  static final Key<Boolean> SWITCH_VERIFY_SSL =
      Key.of("switch.verify-ssl", Kind.FLAG, "as for the router")
          .or("false")
          .variable("SWITCH_VERIFY_SSL");

  static final Key<String> SWITCH_TLS =
      Key.of("switch.tls", Kind.TLS, "as for the router").variable("SWITCH_TLS");
  static final Key<String> SWITCH_CA_FILE =
      Key.of("switch.ca-file", Kind.FILE, "as for the router").variable("SWITCH_CA_FILE");

  static final Key<Duration> ONLINE_FOR =
      Key.of(
              "presence.online-for",
              Kind.time("5s", "1d"),
              "how long a sign of life keeps a device online; under 90s devices may flicker, since the"
                  + " network is not asked more often")
          .or("90s");
  static final Key<Duration> OFFLINE_AFTER =
      Key.of(
              "presence.offline-after",
              Kind.time("5s", "7d"),
              "after how long without one it is offline")
          .or("3m");

  static final Key<Boolean> HISTORY_ENABLED =
      Key.of("history.enabled", Kind.FLAG, "whether traffic is kept in the data folder").or("true");
  static final Key<Duration> HISTORY_KEEP =
      Key.of("history.keep", Kind.time("1d", "3650d"), "for how long it is kept in steps of 30 s")
          .or("7d");
  static final Key<Duration> HISTORY_KEEP_5MIN =
      Key.of(
              "history.keep-5min",
              Kind.time("1d", "3650d"),
              "for how long it is kept in steps of 5 min; at least as long as the finer steps")
          .or("90d");
  static final Key<Duration> HISTORY_KEEP_HOURS =
      Key.of(
              "history.keep-hours",
              Kind.time("1d", "36500d"),
              "for how long it is kept in steps of an hour, and sessions with it; days are kept for ever")
          .or("730d");

  static final Key<String> LIMITS_FASTTRACK =
      Key.of(
              "limits.fasttrack",
              Kind.FASTTRACK,
              "what to do where RouterOS' FastTrack lets traffic pass by limits: explain says so, exempt"
                  + " adds firewall rules that keep limited devices out of it, and removes them with the last limit")
          .or("explain");

  static final Key<List<Integer>> PRESETS =
      Key.of("presets", Kind.PRESETS, "the limits that the page offers, in Mbit/s; 0 is no limit")
          .or("0,5,30,500,1000");
  static final Key<System.Logger.Level> LOG_LEVEL =
      Key.of("log.level", Kind.LEVEL, "how much is logged").or("info");

  static final Key<Duration> EVENTS_KEEP =
      Key.of("events.keep", Kind.time("1d", "3650d"), "for how long what happened is kept")
          .or("90d");

  static final Key<Secret> WEBHOOK_URL =
      Key.of("alerts.webhook-url", Kind.URL, "where alerts are posted as JSON")
          .variable("ALERT_WEBHOOK_URL")
          .hidden();
  static final Key<Secret> WEBHOOK_SECRET =
      Key.of(
              "alerts.webhook-secret",
              Kind.SECRET,
              "what each of these is signed with, in the header X-MHS-Signature")
          .hidden();
  static final Key<Secret> NTFY_URL =
      Key.of("alerts.ntfy-url", Kind.URL, "the ntfy server to which alerts are published")
          .or("https://ntfy.sh");
  static final Key<Secret> NTFY_TOPIC =
      Key.of("alerts.ntfy-topic", Kind.NTFY, "the topic there, or the whole address of one")
          .variable("ALERT_NTFY_TOPIC")
          .hidden();
  static final Key<Secret> NTFY_TOKEN =
      Key.of("alerts.ntfy-token", Kind.SECRET, "an access token for it").hidden();
  static final Key<Integer> NTFY_PRIORITY =
      Key.of("alerts.ntfy-priority", Kind.number(1, 5), "how loud they are: 3 is usual, 5 loudest")
          .or("3");
  static final Key<Boolean> ALERT_NEW_DEVICES =
      Key.of("alerts.new-devices", Kind.FLAG, "whether a device that was never seen is told")
          .or("true");
  static final Key<Boolean> ALERT_WATCH =
      Key.of(
              "alerts.watch",
              Kind.word("all or none", Map.of("all", true, "none", false)),
              "for which devices it is told when they go, unless it was decided for each by PUT /api/watch")
          .or("none");
  static final Key<Boolean> ALERT_RETURNS =
      Key.of("alerts.returns", Kind.FLAG, "whether it is told when such a device is back")
          .or("true");
  static final Key<Duration> ALERT_GRACE =
      Key.of("alerts.grace", Kind.time("0s", "7d"), "for how long it must be gone").or("5m");
  static final Key<Duration> ALERT_LEARNING =
      Key.of(
              "alerts.learning-time",
              Kind.time("0s", "30d"),
              "for how long after its first answer whoever a source names was there before, hence is not new")
          .or("10m");
  static final Key<QuietHours> ALERT_QUIET =
      Key.of(
          "alerts.quiet-hours",
          Kind.QUIET_HOURS,
          "when nobody is disturbed, by this machine's clock; what happens then is told afterwards in one message");

  static final List<Key<?>> ALL =
      List.of(
          SERVER_HOST,
          SERVER_PORT,
          PUSH_INTERVAL,
          ALLOWED_HOSTS,
          TRUSTED_PROXIES,
          CONNECTIONS_PER_ADDRESS,
          SERVER_TLS,
          TLS_CERTIFICATE,
          TLS_KEY,
          BASE_PATH,
          DEMO,
          DASHBOARD_USER,
          DASHBOARD_PASS,
          SESSION_IDLE,
          SESSION_LONGEST,
          DATA_FOLDER,
          PLUGINS_FOLDER,
          LOCAL_ENABLED,
          LOCAL_SCAN,
          LOCAL_INTERFACES,
          LOCAL_MEANS,
          LOCAL_LEASES,
          LOCAL_COUNTING,
          ROUTER_HOST,
          ROUTER_USER,
          ROUTER_PASS,
          ROUTER_VERIFY_SSL,
          ROUTER_TLS,
          ROUTER_CA_FILE,
          SWITCH_HOST,
          SWITCH_USER,
          SWITCH_PASS,
          SWITCH_VERIFY_SSL,
          SWITCH_TLS,
          SWITCH_CA_FILE,
          ONLINE_FOR,
          OFFLINE_AFTER,
          HISTORY_ENABLED,
          HISTORY_KEEP,
          HISTORY_KEEP_5MIN,
          HISTORY_KEEP_HOURS,
          LIMITS_FASTTRACK,
          PRESETS,
          LOG_LEVEL,
          EVENTS_KEEP,
          WEBHOOK_URL,
          WEBHOOK_SECRET,
          NTFY_URL,
          NTFY_TOPIC,
          NTFY_TOKEN,
          NTFY_PRIORITY,
          ALERT_NEW_DEVICES,
          ALERT_WATCH,
          ALERT_RETURNS,
          ALERT_GRACE,
          ALERT_LEARNING,
          ALERT_QUIET);

  private Keys() {}
}
