package dev.mhs.source.local;

import dev.mhs.source.local.name.ReverseNames;
import dev.mhs.source.local.sweep.Sweeper;

/**
 * The two ways in which the source itself asks around, and where it leaves whom it found.
 *
 * @param sweeper asks who is there
 * @param names asks for names
 * @param known takes who was found
 */
record Lookout(Sweeper sweeper, ReverseNames names, KnownDevices known) {}
