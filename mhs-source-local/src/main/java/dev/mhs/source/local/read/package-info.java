/**
 * Fetches what this machine knows: files of the kernel, the neighbor cache, addresses, counters. It
 * knows where things stand and how to get them, and leaves their meaning to the parsers and to the
 * source. Folders are given, so that a test can point at a tree of its own. What is not there is an
 * absent value.
 */
@NullMarked
package dev.mhs.source.local.read;

import org.jspecify.annotations.NullMarked;
