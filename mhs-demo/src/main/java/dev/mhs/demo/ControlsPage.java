package dev.mhs.demo;

import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.world.Resident;
import dev.mhs.simulator.world.World;
import java.util.stream.Collectors;

/** The page of {@link Controls}, as HTML. Its names come from the played household only. */
final class ControlsPage {
  private ControlsPage() {}

  static String of(Simulator simulator) {
    World world = simulator.world();
    boolean isFast = world.isFastTrackActive();
    return """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Behind the demo</title>
        <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="dark light">
        <style>body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
        form{display:inline}button{font:inherit;padding:.3rem .8rem;margin:.2rem .4rem .2rem 0}
        td,th{text-align:right;padding:.1rem .6rem}td:first-child,th:first-child{text-align:left}</style>
        <h1>Behind the demo</h1>
        <p>MHS sees a played household behind a played MikroTik router. Here is what a person would do to it.</p>
        <h2>The router</h2>
        <p>%s%s Within ten seconds MHS says that it is gone, and goes on with what this machine sees.</p>
        <h2>FastTrack</h2>
        <p>%s It is on in MikroTik's default configuration, and its packets pass by every limit: set one and MHS
        says that it does not hold. %s%s Or start the demo with <code>./mhs demo --exempt</code>: then MHS keeps
        limited devices out of FastTrack by itself.</p>
        <h2>What was truly moved</h2>
        <p>Bytes since the household began, for comparison; as JSON at <a href="truth">truth</a>.</p>
        <table><tr><th>device<th>received<th>sent</tr>%s</table>
        """
        .formatted(
            button("router-off", "Pull the router's plug"),
            button("router-on", "Plug it in"),
            isFast ? "FastTrack is on now." : "FastTrack is off now.",
            button("fasttrack-off", "Switch FastTrack off"),
            button("fasttrack-on", "Switch it on"),
            world.residents().stream().map(ControlsPage::row).collect(Collectors.joining()));
  }

  private static String button(String deed, String words) {
    return "<form method=\"post\" action=\"%s\"><button>%s</button></form>".formatted(deed, words);
  }

  private static String row(Resident resident) {
    String name = resident.member().name();
    return "<tr><td>%s<td>%,d<td>%,d</tr>\n"
        .formatted(
            name.isEmpty() ? resident.member().mac() : name,
            resident.moved().allDown(),
            resident.moved().allUp());
  }
}
