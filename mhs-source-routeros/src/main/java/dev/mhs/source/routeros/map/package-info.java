/**
 * Turns rows of RouterOS menus into the vocabulary of MHS: pure functions, rows in, values out. It
 * must not know HTTP, nor when and how often the rows are read.
 */
@NullMarked
package dev.mhs.source.routeros.map;

import org.jspecify.annotations.NullMarked;
