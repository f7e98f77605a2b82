/**
 * Finding, loading and closing plugins: providers on the class path, and jars in {@code plugins/}
 * in class loaders of their own. It must not know what a provider does.
 */
@NullMarked
package dev.mhs.core.plugin;

import org.jspecify.annotations.NullMarked;
