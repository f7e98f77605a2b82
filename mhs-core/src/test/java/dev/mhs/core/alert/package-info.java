/** Tests of what is told, and when. */
@NullMarked
package dev.mhs.core.alert;

import org.jspecify.annotations.NullMarked;
