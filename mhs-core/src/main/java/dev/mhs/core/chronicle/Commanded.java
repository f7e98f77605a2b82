package dev.mhs.core.chronicle;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Limit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which limits people have commanded lately. Guarded by its owner. */
final class Commanded {
  /** A limit is read back from its box within so long, even when it was not confirmed at once. */
  private static final Duration READ_BACK = Duration.ofMinutes(2);

  private static final int MOST = 256;

  private record Command(Limit limit, String by, long nanos) {}

  private final Deque<Command> newestFirst = new ArrayDeque<>();

  void add(Limit limit, String by, long nanos) {
    newestFirst.addFirst(new Command(limit, by, nanos));
    if (newestFirst.size() > MOST) {
      newestFirst.removeLast();
    }
  }

  /** Returns who wanted what is now; the command is used up. */
  @Nullable String by(
      DeviceKey device, @Nullable BitRate download, @Nullable BitRate upload, long nanos) {
    newestFirst.removeIf(one -> nanos - one.nanos() > READ_BACK.toNanos());
    Iterator<Command> commands = newestFirst.iterator();
    while (commands.hasNext()) {
      Command one = commands.next();
      if (one.limit().device().equals(device)
          && Objects.equals(one.limit().download(), download)
          && Objects.equals(one.limit().upload(), upload)) {
        commands.remove();
        return one.by();
      }
    }
    return null;
  }
}
