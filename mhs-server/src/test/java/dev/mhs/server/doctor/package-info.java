@NullMarked
package dev.mhs.server.doctor;

import org.jspecify.annotations.NullMarked;
