package dev.mhs.source.local.parse;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A way to everywhere else.
 *
 * @param interfaceName the interface that it leaves by
 * @param gateway the router behind it, or null when the interface itself is the way (a tunnel)
 * @param metric the kernel's preference: the lowest is taken
 */
public record DefaultRoute(String interfaceName, @Nullable InetAddress gateway, long metric) {}
