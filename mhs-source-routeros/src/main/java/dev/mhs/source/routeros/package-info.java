/**
 * The source for MikroTik boxes with RouterOS 7: opens a session, decides when which menu is read,
 * and answers the four questions of the SPI. It knows the SPI and nothing of the engine.
 */
@NullMarked
package dev.mhs.source.routeros;

import org.jspecify.annotations.NullMarked;
