package dev.mhs.core.poll;

import dev.mhs.api.Moment;

/**
 * The last good answer of a capability.
 *
 * @param <T> what was asked for
 * @param value the answer
 * @param at when it was complete
 */
public record Answer<T>(T value, Moment at) {}
