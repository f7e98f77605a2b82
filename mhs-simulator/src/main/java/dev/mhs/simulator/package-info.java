/**
 * A stateful stand-in for a RouterOS 7 router and switch with a household behind them. It serves
 * the tests of the RouterOS source and the demo, and knows nothing of MHS.
 *
 * <pre>{@code
 * MutableClock clock = new MutableClock();                       // or SettableTime, or a real one
 * Scenario scenario = Scenario.usual().with(Release.V7_16).with(Scenario.Counting.EXCLUSIVE);
 * try (Simulator simulator = Simulator.start(scenario, clock)) {
 *   // MHS's settings: host = simulator.router().host(), user = "mhs", pass = "simulated"
 *   Truth before = simulator.world().truth();
 *   clock.advance(Duration.ofMinutes(5));                        // poll meanwhile, step by step
 *   Moved nas = simulator.world().truth().minus(before).device("00:11:32:5A:10:01");
 * }
 * }</pre>
 *
 * <ul>
 *   <li><b>Time</b>: the world catches up with the clock in steps of 100 ms whenever somebody
 *       looks, and never otherwise. Rows linger and vanish by that clock alone.
 *   <li><b>Truth</b>: {@code world().truth()} has the IP bytes moved by each device, by the router
 *       itself and over the line, IPv4 and IPv6 apart. Interface counters have 14 bytes more for
 *       each frame.
 *   <li><b>A person with WinBox</b>: {@code world().tables().queues().add(Map.of("name", "x",
 *       "target", "192.168.88.20", "max-limit", "1M/5M"))}, {@code set}, {@code remove}, {@code
 *       move}, {@code addDynamic}; the same for firewall rules and address lists. {@code
 *       world().move(mac, false)} sends a device away, {@code world().rebootRouter()} reboots.
 *   <li><b>FastTrack</b>: on, as by default; a queue then does nothing to a connection that was
 *       established before. An accept rule before the FastTrack rule, for both directions, exempts;
 *       {@code DELETE /ip/firewall/connection/*id} (or {@code world().removeConnection}) makes what
 *       is underway begin anew. {@code world().tables().allowFastPath(false)} switches it off.
 *   <li><b>Faults</b>: {@code router().fault(new Fault.Refuses())}, {@code Hangs}, {@code Fails},
 *       {@code TalksNonsense}, {@code CutsShort}, {@code IsSlow}, and {@code None} to mend; {@code
 *       router().changeCertificate()}; {@code router().users(List.of(User.reader("mhs",
 *       "simulated")))} takes the policy write away.
 * </ul>
 */
@NullMarked
package dev.mhs.simulator;

import org.jspecify.annotations.NullMarked;
