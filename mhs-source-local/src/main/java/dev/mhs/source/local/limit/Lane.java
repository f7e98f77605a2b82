package dev.mhs.source.local.limit;

import dev.mhs.api.DeviceKey;

/**
 * A queue in which packets of a limited device wait.
 *
 * @param device whose packets
 * @param isDownload whether they go towards the device, or else come from it
 * @param number tells it from a queue that took its place
 */
public record Lane(DeviceKey device, boolean isDownload, int number) {}
