package dev.mhs.source.local;

import dev.mhs.source.local.name.ReverseNames;
import dev.mhs.source.local.sweep.Sweeper;

/**
 * The two ways in which the source itself asks around.
 *
 * @param sweeper asks who is there
 * @param names asks for names
 */
record Lookout(Sweeper sweeper, ReverseNames names) {}
