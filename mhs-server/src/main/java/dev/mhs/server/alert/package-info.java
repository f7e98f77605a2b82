/**
 * The ways to tell a person something: a webhook, and ntfy. They send what they are given; when,
 * and how often, is not theirs to decide.
 */
@NullMarked
package dev.mhs.server.alert;

import org.jspecify.annotations.NullMarked;
