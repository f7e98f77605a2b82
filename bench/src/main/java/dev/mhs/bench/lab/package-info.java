/**
 * A household in network namespaces, for what only real packets show. It must not know what is
 * measured.
 */
@NullMarked
package dev.mhs.bench.lab;

import org.jspecify.annotations.NullMarked;
