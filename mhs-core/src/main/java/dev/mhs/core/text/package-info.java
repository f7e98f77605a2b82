/** Texts that strangers or people wrote, made fit to be shown: it must not know what they say. */
@NullMarked
package dev.mhs.core.text;

import org.jspecify.annotations.NullMarked;
