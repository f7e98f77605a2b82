package dev.mhs.core.alert;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Notice.NoticeKind;
import dev.mhs.core.journal.Portrait;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells notices in words for people. Pure. */
public final class AlertWords {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /** A message of more lines is not read. */
  private static final int MOST_LINES = 20;

  private AlertWords() {}

  /**
   * Returns a message of some notices in a few words.
   *
   * @param notices the notices, at least one
   * @param left how many more there are
   * @return the title
   */
  public static String title(List<Notice> notices, int left) {
    if (notices.size() + left == 1) {
      Notice only = notices.getFirst();
      return switch (only.kind()) {
        case NEW_DEVICE -> "New device: " + only.device().name();
        case DEVICE_GONE -> only.device().name() + " is gone";
        case DEVICE_BACK -> only.device().name() + " is back";
      };
    }
    List<String> parts = new ArrayList<>();
    for (NoticeKind kind : NoticeKind.values()) {
      long count = notices.stream().filter(one -> one.kind() == kind).count();
      if (count > 0) {
        parts.add(counted(kind, count));
      }
    }
    if (left > 0) {
      parts.add(left + " more");
    }
    return String.join(", ", parts);
  }

  /**
   * Returns some notices, one a line.
   *
   * @param notices the notices
   * @param left how many more there are
   * @param zone in which times of day are told
   * @return the text
   */
  public static String text(List<Notice> notices, int left, ZoneId zone) {
    long beyond = Math.max(0, notices.size() - MOST_LINES) + (long) left;
    Stream<String> lines =
        notices.stream().limit(MOST_LINES).map(one -> time(one.at(), zone) + " " + line(one));
    return Stream.concat(lines, beyond > 0 ? Stream.of("and " + beyond + " more") : Stream.empty())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Returns one notice as a sentence.
   *
   * @param notice the notice
   * @return the sentence
   */
  public static String line(Notice notice) {
    String device = notice.device().name() + particulars(notice.device());
    return switch (notice.kind()) {
      case NEW_DEVICE -> "New device: " + device + ".";
      case DEVICE_GONE -> device + " is gone" + away(notice.away(), ", last seen ", " ago") + ".";
      case DEVICE_BACK -> device + " is back" + away(notice.away(), " after ", "") + ".";
    };
  }

  private static String counted(NoticeKind kind, long count) {
    String devices = count == 1 ? " device" : " devices";
    return switch (kind) {
      case NEW_DEVICE -> count + " new" + devices;
      case DEVICE_GONE -> count + devices + " gone";
      case DEVICE_BACK -> count + devices + " back";
    };
  }

  private static String particulars(Portrait device) {
    MacAddress mac = device.mac();
    String address = device.address() == null ? null : IpLiteral.text(device.address());
    List<String> parts =
        Stream.of(
                address,
                mac == null ? null : mac.toString(),
                mac != null && mac.isRandomized() ? "a private address" : device.vendor())
            .flatMap(Stream::ofNullable)
            .filter(part -> !part.equals(device.name()))
            .toList();
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }

  private static String away(@Nullable Duration away, String before, String after) {
    return away == null ? "" : before + words(away) + after;
  }

  private static String words(Duration time) {
    if (time.toMinutes() < 1) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 1
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toDays() + " d " + time.toHoursPart() + " h";
  }
}
