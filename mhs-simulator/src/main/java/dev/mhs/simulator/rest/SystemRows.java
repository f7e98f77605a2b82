package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Box;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.World;
import java.time.Instant;

/** What a box says of itself. */
final class SystemRows {
  private final World world;
  private final Box box;

  SystemRows(World world, Box box) {
    this.world = world;
    this.box = box;
  }

  Row resource() {
    return new Row()
        .with("architecture-name", box.architecture())
        .with("board-name", box.board())
        .with("build-time", "2025-11-12 09:14:02")
        .with("cpu", box.architecture().equals("arm64") ? "ARM64" : "ARM")
        .with("cpu-count", 4)
        .with("cpu-frequency", 864)
        .with("cpu-load", 2 + world.connections().size() / 60)
        .with("free-hdd-space", 83_439_616)
        .with("free-memory", 612_368_384 - 400L * world.connections().size())
        .with("platform", "MikroTik")
        .with("total-hdd-space", 134_217_728)
        .with("total-memory", 1_073_741_824)
        .with("uptime", Spelling.duration(uptime()))
        .with("version", world.scenario().release().text());
  }

  Row identity() {
    return new Row().with("name", box.name());
  }

  Row routerboard() {
    String firmware = world.scenario().release().text().split(" ", -1)[0];
    return new Row()
        .with("routerboard", true)
        .with("board-name", box.board())
        .with("model", box.model())
        .with("serial-number", "SIMULATED0")
        .with("current-firmware", firmware)
        .with("upgrade-firmware", firmware);
  }

  Row clock() {
    Release release = world.scenario().release();
    Instant time = world.time();
    return new Row()
        .with("date", Spelling.date(time, release))
        .with("dst-active", false)
        .with("gmt-offset", "+00:00")
        .with("time", Spelling.timeOfDay(time))
        .with("time-zone-autodetect", false)
        .with("time-zone-name", "Etc/UTC");
  }

  /** The seconds since the box was started; it has been up for three days when the world begins. */
  double uptime() {
    double before = box.boots() == 0 ? 3 * 86_400 + 7_431 : 0;
    return before + world.seconds() - box.startedAt();
  }
}
