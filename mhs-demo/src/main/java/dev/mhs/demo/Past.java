package dev.mhs.demo;

import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import dev.mhs.api.Throughput;
import dev.mhs.core.history.History;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Subject;
import dev.mhs.server.history.Refused;
import dev.mhs.server.history.SqliteHistory;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Moved;
import dev.mhs.simulator.world.Resident;
import dev.mhs.simulator.world.Truth;
import dev.mhs.simulator.world.World;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The household's yesterday: it is played, and what was truly moved is written into the history as
 * MHS would have written it. One thread.
 */
final class Past {
  /** Coarser than the present is played: a day takes a few seconds. */
  private static final Duration PACE = Duration.ofMillis(400);

  /** The history joins ticks when more than 240 wait. */
  private static final int TICKS_AT_ONCE = 100;

  private static final SourceId ROUTER = new SourceId("mikrotik");

  private final World world;
  private final PlayedClock clock;

  Past(World world, PlayedClock clock) {
    this.world = world;
    this.clock = clock;
  }

  /**
   * Plays up to the present.
   *
   * @param folder MHS's data folder
   * @throws IllegalStateException when the history cannot be written there
   */
  void playInto(Path folder) {
    switch (SqliteHistory.open(folder, Retention.DEFAULT, ZoneId.systemDefault(), clock)) {
      case Refused refused -> throw new IllegalStateException(refused.sentence());
      case SqliteHistory store -> {
        try (History history = new History(store, clock)) {
          play(history, store);
        }
      }
    }
  }

  private void play(History history, SqliteHistory store) {
    Instant began = clock.instant();
    PastVisits visits = new PastVisits(store, began);
    world.pace(PACE);
    Truth before = world.truth();
    int ticks = 0;
    while (clock.advance(History.TICK)) {
      Truth now = world.truth();
      note(history, now.minus(before));
      visits.look(world.residents(), clock.instant());
      history.tick();
      before = now;
      if (++ticks % TICKS_AT_ONCE == 0) {
        awaitWritten(store);
      }
    }
    world.pace(World.TICK);
    store.remember(world.residents().stream().map(one -> remembered(one, began)).toList());
    visits.end();
    awaitWritten(store);
  }

  private void note(History history, Truth moved) {
    Instant now = clock.instant();
    for (Resident resident : world.residents()) {
      if (resident.isHome()) {
        history.add(
            Subject.of(key(resident.member())), throughput(moved.device(mac(resident)), now));
      }
    }
    history.add(Subject.LINE, throughput(moved.line(), now));
  }

  private static Throughput throughput(Moved moved, Instant at) {
    return new Throughput(moved.allDown(), moved.allUp(), at, History.TICK);
  }

  private static String mac(Resident resident) {
    return resident.member().mac();
  }

  static DeviceKey key(Member member) {
    return new DeviceKey.ByMac(MacAddress.of(member.mac()));
  }

  private RememberedDevice remembered(Resident resident, Instant began) {
    Member member = resident.member();
    List<InetAddress> addresses = new ArrayList<>(List.of(member.address()));
    addresses.addAll(member.addresses6());
    Instant seen = began.plusMillis((long) (resident.seen() * 1_000));
    Map<DeviceField, Sourced<String>> fields = new EnumMap<>(DeviceField.class);
    put(fields, DeviceField.HOSTNAME, member.name(), seen);
    put(fields, DeviceField.COMMENT, member.traits().comment(), seen);
    return new RememberedDevice(
        key(member), MacAddress.of(member.mac()), addresses, fields, began, seen);
  }

  private static void put(
      Map<DeviceField, Sourced<String>> fields, DeviceField field, String text, Instant at) {
    if (!text.isEmpty()) {
      fields.put(field, new Sourced<>(text, ROUTER, at));
    }
  }

  private static void awaitWritten(SqliteHistory store) {
    while (store.hasWork()) {
      if (store.state().trouble() != null) {
        throw new IllegalStateException(store.state().trouble());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
