/**
 * Who may connect: how many connections one address may hold, how long one may leave what it is
 * sent, and HTTPS. It must not know what is asked on a connection, nor who asks.
 */
@NullMarked
package dev.mhs.server.connect;

import org.jspecify.annotations.NullMarked;
