/**
 * The played household: who is there, what they do, and a router and a switch that carry it. Driven
 * by an injected clock in steps of {@link dev.mhs.simulator.world.World#TICK}; the same seed, the
 * same clock and the same interventions give the same bytes.
 *
 * <p>It must not know HTTP or JSON. All values that RouterOS keeps as configuration (queues,
 * firewall rules, address lists ...) are {@link dev.mhs.simulator.world.Table}s of texts, as on the
 * real thing; what they do to traffic is decided here.
 */
@NullMarked
package dev.mhs.simulator.world;

import org.jspecify.annotations.NullMarked;
