/**
 * What MHS must remember beside traffic: what people said about devices, what happened, and what is
 * still to be told. Values, and one interface for whoever can keep them. It decides nothing, and
 * must not know SQL, files or HTTP.
 */
@NullMarked
package dev.mhs.core.journal;

import org.jspecify.annotations.NullMarked;
