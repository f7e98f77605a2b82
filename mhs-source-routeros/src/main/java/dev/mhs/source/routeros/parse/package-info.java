/**
 * Turns what RouterOS 7 sends over REST into rows and values: leniently, purely, without ever
 * throwing on what a router may say. It must not know HTTP, nor what the rows mean.
 */
@NullMarked
package dev.mhs.source.routeros.parse;

import org.jspecify.annotations.NullMarked;
