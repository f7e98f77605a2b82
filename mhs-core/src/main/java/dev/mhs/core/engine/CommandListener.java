package dev.mhs.core.engine;

import dev.mhs.api.Limit;
import dev.mhs.core.journal.Alias;
import org.jspecify.annotations.Nullable;

/** Hears what people command. Called on the thread of whoever commands; must not block. */
public interface CommandListener {
  /** Hears nothing. */
  CommandListener NONE =
      new CommandListener() {
        @Override
        public void limitWanted(Limit limit, String by) {
          // Nobody wants to know.
        }

        @Override
        public void aliasChanged(@Nullable Alias before, @Nullable Alias after, String by) {
          // Nobody wants to know.
        }
      };

  /**
   * Somebody wants a limit. Called before it is set: whether it is, the next snapshots tell.
   *
   * @param limit what is wanted
   * @param by who wants it, in words for people
   */
  void limitWanted(Limit limit, String by);

  /**
   * Somebody has named a device, or taken its name away.
   *
   * @param before its name before, or null when it had none
   * @param after its name now, or null when it has none any more; not both are null
   * @param by who did it, in words for people
   */
  void aliasChanged(@Nullable Alias before, @Nullable Alias after, String by);
}
