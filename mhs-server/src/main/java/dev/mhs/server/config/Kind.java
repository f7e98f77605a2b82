package dev.mhs.server.config;

import dev.mhs.api.IpLiteral;
import dev.mhs.core.alert.QuietHours;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a value may be.
 *
 * @param <T> what it becomes
 * @param allowed what is allowed, for people, to follow "must be"
 * @param parser the value, or empty when the text is not allowed; never sees blank text
 */
record Kind<T>(String allowed, Function<String, Optional<T>> parser) {
  private static final Pattern HOST_NAME =
      Pattern.compile( // RFC 1123 §2.1; the underscore is not allowed there, but found in homes
          "(?=.{1,253}\\.?$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
              + "(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");
  private static final Pattern LOOKS_LIKE_V4 = Pattern.compile("[0-9.]+");
  private static final Pattern ENDPOINT =
      Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern SUB_PATH =
      Pattern.compile("/|(?:/[A-Za-z0-9_~-][A-Za-z0-9_~.-]*){1,8}/?");
  private static final Pattern INTERFACE = Pattern.compile("[^\\s/:]{1,15}"); // IFNAMSIZ, if.h
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern TOPIC_URL =
      Pattern.compile("(?i:https?)://[^/?#]+(?:/[^?#]*)?/[A-Za-z0-9_-]{1,64}/?");
  private static final Pattern SPAN =
      Pattern.compile(
          "([01]?[0-9]|2[0-3]):([0-5][0-9])\\s*[-–]\\s*([01]?[0-9]|2[0-3]):([0-5][0-9])");
  private static final int LAST_PORT = 65_535;

  static final Kind<String> TEXT = new Kind<>("a text", Optional::of);

  static final Kind<String> USER =
      new Kind<>("a name without a colon", text -> when(!text.contains(":"), text));

  static final Kind<Secret> SECRET = new Kind<>("a text", text -> Optional.of(new Secret(text)));

  static final Kind<String> HOST =
      new Kind<>("a host name or an IP address", text -> when(isHost(text), text));

  static final Kind<String> ENDPOINT_TEXT =
      new Kind<>(
          "a host name or an IP address, with :port where it is not the usual one",
          text -> when(isEndpoint(text), text));

  static final Kind<Path> FOLDER =
      new Kind<>(
          "the path of a folder",
          text -> {
            try {
              return Optional.of(Path.of(text));
            } catch (InvalidPathException impossible) {
              return Optional.empty();
            }
          });

  static final Kind<List<String>> ENDPOINTS =
      list(
          "a host name or an IP address, with :port where it is not the usual one, or several of"
              + " them",
          ENDPOINT_TEXT);

  static final Kind<String> TLS =
      word(
          "pin, ca, insecure or plain",
          Map.of("pin", "pin", "ca", "ca", "insecure", "insecure", "plain", "plain"));

  static final Kind<String> FILE =
      new Kind<>("the path of a file", text -> FOLDER.parse(text).map(Path::toString));

  static final Kind<Integer> PORT = number(0, LAST_PORT);

  static final Kind<Boolean> FLAG =
      new Kind<>(
          "true or false",
          text ->
              switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1" -> Optional.of(true);
                case "false", "no", "off", "0" -> Optional.of(false);
                default -> Optional.empty();
              });

  static final Kind<String> HTTPS =
      word(
          "off, self-signed or files",
          Map.of("off", "off", "self-signed", "self-signed", "files", "files"));

  static final Kind<List<String>> HOSTS =
      list("a list of host names or IP addresses", HOST).map(Kind::lowerCase);

  static final Kind<List<InetAddress>> ADDRESSES =
      list("a list of IP addresses", new Kind<>("an IP address", IpLiteral::parse));

  /** Without the slash at its end, with the one at its beginning; empty for none. */
  static final Kind<String> BASE_PATH =
      new Kind<>(
          "a path such as /mhs, of letters, digits and - _ ~ .",
          text -> when(SUB_PATH.matcher(text).matches(), text.replaceFirst("/$", "")));

  static final Kind<List<String>> INTERFACES =
      list(
          "a list of names of interfaces",
          new Kind<>("", text -> when(INTERFACE.matcher(text).matches(), text)));

  static final Kind<List<String>> MEANS =
      list(
          "a list of nmap, arp and ping",
          word("", Map.of("nmap", "nmap", "arp", "arp", "ping", "ping")));

  static final Kind<List<String>> PATHS =
      list(
          "a list of absolute paths of files, without commas in them",
          new Kind<>("", text -> when(text.startsWith("/"), text)));

  static final Kind<List<Integer>> PRESETS =
      list("a list of whole numbers from 0 to 100000", number(0, 100_000));

  static final Kind<System.Logger.Level> LEVEL =
      word(
          "off, error, warning, info, debug or trace",
          Map.of(
              "off", System.Logger.Level.OFF,
              "error", System.Logger.Level.ERROR,
              "warning", System.Logger.Level.WARNING,
              "warn", System.Logger.Level.WARNING,
              "info", System.Logger.Level.INFO,
              "debug", System.Logger.Level.DEBUG,
              "trace", System.Logger.Level.TRACE));

  static final Kind<String> SCAN =
      word(
          "active, passive or off", Map.of("active", "active", "passive", "passive", "off", "off"));

  static final Kind<String> COUNTING =
      word(
          "auto, nftables, conntrack, pcap or off",
          Map.of(
              "auto", "auto",
              "nftables", "nftables",
              "conntrack", "conntrack",
              "pcap", "pcap",
              "off", "off"));

  static final Kind<String> FASTTRACK =
      word("explain or exempt", Map.of("explain", "explain", "exempt", "exempt"));

  static final Kind<String> TYPE =
      new Kind<>(
          "lower-case letters, digits and dashes",
          text -> when(NAME.matcher(text).matches(), text));

  /** Helidon's client (4.1.7) would drop what follows a semicolon. */
  static final Kind<Secret> URL =
      new Kind<>(
          "an http or https address, with %3B in the place of a semicolon",
          text -> when(isUrl(text) && !hasParameters(text), new Secret(text)));

  static final Kind<String> WEB_ADDRESS =
      new Kind<>("an http or https address", text -> when(isUrl(text), text));

  static final Kind<Secret> NTFY =
      new Kind<>(
          "a topic of letters, digits, _ and -, or an http or https address that ends with one",
          text -> when(TOPIC.matcher(text).matches() || isTopicUrl(text), new Secret(text)));

  static final Kind<QuietHours> QUIET_HOURS =
      new Kind<>("a span of the day such as 22:00-07:00", Kind::quietHours);

  /** A whole number within bounds, both included. */
  static Kind<Integer> number(int least, int most) {
    return new Kind<>(
        "a whole number from " + least + " to " + most,
        text -> {
          OptionalLong value = digits(text);
          return value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most
              ? Optional.of((int) value.getAsLong())
              : Optional.empty();
        });
  }

  /** A time within bounds, both included; written with a unit. */
  static Kind<Duration> time(String least, String most) {
    Duration from = duration(least).orElseThrow();
    Duration to = duration(most).orElseThrow();
    return new Kind<>(
        "a time from " + least + " to " + most + " with its unit: ms, s, m, h or d",
        text ->
            duration(text).filter(time -> time.compareTo(from) >= 0 && time.compareTo(to) <= 0));
  }

  static <T> Kind<T> word(String allowed, Map<String, T> words) {
    return new Kind<>(
        allowed, text -> Optional.ofNullable(words.get(text.toLowerCase(Locale.ROOT))));
  }

  /** Several values, separated by commas or as a list of YAML. */
  static <T> Kind<List<T>> list(String allowed, Kind<T> each) {
    return new Kind<>(
        allowed,
        text -> {
          List<Optional<T>> parts =
              Arrays.stream(text.split(",", -1)).map(part -> each.parse(part.strip())).toList();
          return parts.stream().allMatch(Optional::isPresent)
              ? Optional.of(parts.stream().flatMap(Optional::stream).toList())
              : Optional.empty();
        });
  }

  Optional<T> parse(String text) {
    return text.isBlank() ? Optional.empty() : parser.apply(text);
  }

  <R> Kind<R> map(Function<T, R> to) {
    return new Kind<>(allowed, text -> parser.apply(text).map(to));
  }

  private static <V> Optional<V> when(boolean allowed, V value) {
    return allowed ? Optional.of(value) : Optional.empty();
  }

  private static List<String> lowerCase(List<String> texts) {
    return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
  }

  private static boolean isHost(String text) {
    return IpLiteral.parse(text).isPresent()
        || (HOST_NAME.matcher(text).matches() && !LOOKS_LIKE_V4.matcher(text).matches());
  }

  private static boolean isEndpoint(String text) {
    if (IpLiteral.parse(text).isPresent()) {
      return true; // an IPv6 address without brackets, hence without a port
    }
    Matcher parts = ENDPOINT.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    String host = parts.group(1);
    boolean knownHost =
        host.startsWith("[")
            ? IpLiteral.parse(host.substring(1, host.length() - 1)).isPresent()
            : isHost(host);
    String port = parts.group(2);
    return knownHost && (port == null || number(1, LAST_PORT).parse(port).isPresent());
  }

  private static Optional<QuietHours> quietHours(String text) {
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    LocalTime from = timeOfDay(parts.group(1), parts.group(2));
    LocalTime to = timeOfDay(parts.group(3), parts.group(4));
    return from.equals(to) ? Optional.empty() : Optional.of(new QuietHours(from, to));
  }

  private static LocalTime timeOfDay(String hour, String minute) {
    return LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
  }

  private static boolean isTopicUrl(String text) {
    return isUrl(text) && TOPIC_URL.matcher(text).matches();
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static boolean hasParameters(String url) {
    URI uri = URI.create(url);
    String query = uri.getRawQuery();
    return uri.getRawPath().contains(";") || (query != null && query.contains(";"));
  }

  private static OptionalLong digits(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static Optional<Duration> duration(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long count = digits(parts.group(1)).orElseThrow();
    return Optional.of(
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }
}
