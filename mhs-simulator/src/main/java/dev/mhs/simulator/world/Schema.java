package dev.mhs.simulator.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may be written to a table, and how the router keeps it.
 *
 * @param forms by key: turns what is written into what is read back, or refuses it
 * @param defaults what an item has when nothing was said
 * @param required keys without which no item can be made
 * @param unique the keys that no two items may share together; empty for none
 * @param twin the router's words about a second item with the same unique keys
 */
record Schema(
    Map<String, UnaryOperator<String>> forms,
    Map<String, String> defaults,
    Set<String> required,
    Set<String> unique,
    String twin) {

  private static final String NO_TWIN = "failure: already have such entry";

  /** Simple queues; forms as read back from RouterOS (samples {@code queue-simple*.json}). */
  static final Schema QUEUE =
      new Builder()
          .text("name", "target", "dst", "parent", "packet-marks", "comment", "time")
          .with("target", Forms::targets)
          .with("max-limit", Forms::ratePair)
          .with("limit-at", Forms::ratePair)
          .with("burst-limit", Forms::ratePair)
          .with("burst-threshold", Forms::ratePair)
          .text("burst-time", "bucket-size", "queue", "priority")
          .flag("disabled")
          .otherwise("bucket-size", "0.1/0.1")
          .otherwise("burst-limit", "0/0")
          .otherwise("burst-threshold", "0/0")
          .otherwise("burst-time", "0s/0s")
          .otherwise("disabled", "false")
          .otherwise("limit-at", "0/0")
          .otherwise("max-limit", "0/0")
          .otherwise("packet-marks", "")
          .otherwise("parent", "none")
          .otherwise("priority", "8/8")
          .otherwise("queue", "default-small/default-small")
          .otherwise("target", "")
          .unique("failure: already have such name", "name")
          .build();

  /** Firewall rules: a rule that was written without a flag is read without it. */
  static final Schema FILTER =
      new Builder()
          .text("action", "chain", "comment", "connection-state", "connection-nat-state")
          .text("protocol", "dst-port", "src-port", "in-interface", "out-interface")
          .text("in-interface-list", "out-interface-list")
          .text("src-address", "dst-address", "src-address-list", "dst-address-list")
          .text("ipsec-policy", "jump-target", "address-list", "log-prefix", "limit")
          .flag("disabled")
          .flag("log")
          .flag("hw-offload")
          .otherwise("action", "accept")
          .required("chain")
          .build();

  /** Address lists. */
  static final Schema ADDRESS_LIST =
      new Builder()
          .text("list", "comment", "timeout")
          .with("address", Forms::listed)
          .flag("disabled")
          .otherwise("disabled", "false")
          .required("list", "address")
          .unique(NO_TWIN, "list", "address")
          .build();

  /** Names that the router answers for. */
  static final Schema DNS_STATIC =
      new Builder()
          .text("name", "address", "type", "ttl", "comment")
          .flag("disabled")
          .otherwise("disabled", "false")
          .otherwise("ttl", "1d")
          .required("name")
          .build();

  /** Members of interface lists. */
  static final Schema LIST_MEMBER =
      new Builder()
          .text("list", "interface", "comment")
          .flag("disabled")
          .otherwise("disabled", "false")
          .required("list", "interface")
          .unique(NO_TWIN, "list", "interface")
          .build();

  /** Kids; as soon as one exists, the router counts by device. */
  static final Schema KID =
      new Builder()
          .text("name", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "rate-limit", "comment")
          .flag("disabled")
          .otherwise("disabled", "false")
          .required("name")
          .unique("failure: already have such name", "name")
          .build();

  /** Turns what is written into what is kept; refuses unknown keys. */
  Map<String, String> kept(Map<String, String> written) {
    Map<String, String> kept = new LinkedHashMap<>();
    written.forEach(
        (key, text) -> {
          @Nullable UnaryOperator<String> form = forms.get(key);
          if (form == null) {
            throw RefusedException.bad("unknown parameter " + key);
          }
          kept.put(key, form.apply(text));
        });
    return kept;
  }

  /** Makes a schema key by key. */
  static final class Builder {
    private final Map<String, UnaryOperator<String>> forms = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private Set<String> required = Set.of();
    private Set<String> unique = Set.of();
    private String twin = NO_TWIN;

    Builder text(String... keys) {
      for (String key : keys) {
        forms.put(key, UnaryOperator.identity());
      }
      return this;
    }

    Builder flag(String key) {
      return with(key, text -> Forms.flag(key, text));
    }

    Builder with(String key, UnaryOperator<String> form) {
      forms.put(key, form);
      return this;
    }

    Builder otherwise(String key, String text) {
      defaults.put(key, text);
      return this;
    }

    Builder required(String... keys) {
      required = Set.of(keys);
      return this;
    }

    Builder unique(String words, String... keys) {
      unique = Set.of(keys);
      twin = words;
      return this;
    }

    Schema build() {
      return new Schema(Map.copyOf(forms), defaults, required, unique, twin);
    }
  }
}
