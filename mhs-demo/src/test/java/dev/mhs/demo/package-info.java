/** Tests of the played household behind the demo. */
@NullMarked
package dev.mhs.demo;

import org.jspecify.annotations.NullMarked;
