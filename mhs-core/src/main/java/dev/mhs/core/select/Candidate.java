package dev.mhs.core.select;

import dev.mhs.api.SourceId;
import dev.mhs.core.poll.Health;

/**
 * A source that offers a capability.
 *
 * @param id its name
 * @param priority higher is asked first
 * @param health how the capability fares
 */
public record Candidate(SourceId id, int priority, Health health) {}
