package dev.mhs.core.journal;

/**
 * An entry is not to be kept any longer.
 *
 * @param id which one
 */
public record Gone(Id id) implements Entry {}
