/** Tests of the channels against receivers that behave as badly as real ones. */
@NullMarked
package dev.mhs.server.alert;

import org.jspecify.annotations.NullMarked;
