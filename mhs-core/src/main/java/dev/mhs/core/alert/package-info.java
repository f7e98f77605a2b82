/**
 * Whom to tell what, and when: which departures matter, what waits for the morning, what is sent
 * again. It must not know HTTP or JSON; how a message is sent is a {@link
 * dev.mhs.core.alert.Channel}'s business.
 */
@NullMarked
package dev.mhs.core.alert;

import org.jspecify.annotations.NullMarked;
