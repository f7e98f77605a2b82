package dev.mhs.source.local.read;

import dev.mhs.api.BitRate;
import dev.mhs.api.Port.Link;
import org.jspecify.annotations.Nullable;

/**
 * What an interface has moved, from its own viewpoint, since it was made.
 *
 * @param rxBytes bytes received
 * @param txBytes bytes transmitted
 * @param rxErrors frames received with errors
 * @param txErrors frames not transmitted because of errors
 * @param speed what the driver says of the link's capacity, or null when it does not know
 * @param link whether it has a link
 */
public record InterfaceCounters(
    long rxBytes, long txBytes, long rxErrors, long txErrors, @Nullable BitRate speed, Link link) {}
