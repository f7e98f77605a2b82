/**
 * The source that needs no router: what this Linux machine sees of its network by itself.
 *
 * <p>Devices come from the kernel's neighbor cache, which a sweep keeps alive; ports and the
 * household's line from the counters of the machine's own interfaces. Reading ({@code read}),
 * parsing ({@code parse}), probing ({@code sweep}) and naming ({@code name}) know nothing of each
 * other's purpose; here they are put together. This package knows the vocabulary and the SPI, and
 * neither the engine nor the server.
 */
@NullMarked
package dev.mhs.source.local;

import org.jspecify.annotations.NullMarked;
