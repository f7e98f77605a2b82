/**
 * What a source of any vendor implements, and what it is given.
 *
 * <p>A plugin sees the JDK, {@code dev.mhs.api} and this package only. It must not know the engine,
 * the server or another source, and nothing here knows them either.
 *
 * <p><b>How a source is found.</b> {@link java.util.ServiceLoader} finds {@link
 * dev.mhs.core.spi.SourceProvider}s by {@code META-INF/services/dev.mhs.core.spi.SourceProvider},
 * on the class path and in {@code plugins/<name>/*.jar}. The configuration decides which are
 * opened; one opened {@link dev.mhs.core.spi.Source} is one session to one box with up to four
 * capabilities.
 *
 * <p><b>Threads.</b> Each capability of each source has a thread of its own, so the code may simply
 * block. The same capability is never called concurrently; different capabilities of one source
 * are. A call that exceeds its {@link dev.mhs.core.spi.Cadence#deadline() deadline} is interrupted:
 * {@link InterruptedException} passes through, and whatever was being waited for is abandoned. On
 * every call the thread's context class loader is the plugin's own; a plugin sets it on threads
 * that it starts itself.
 *
 * <p><b>Failure.</b> What may be expected to fail is told as a {@link dev.mhs.api.Poll} value. An
 * exception is a bug: it is logged once with its stack and treated as failed.
 */
@NullMarked
package dev.mhs.core.spi;

import org.jspecify.annotations.NullMarked;
