/**
 * RouterOS 7 over REST, as ROS manual "REST API" and recorded answers have it: verbs, filters,
 * property lists, statuses and the router's own words. It shows a {@link
 * dev.mhs.simulator.world.World} and writes to it; what that does to traffic is not known here.
 */
@NullMarked
package dev.mhs.simulator.rest;

import org.jspecify.annotations.NullMarked;
