/** Tests of what the service manager is told. */
@NullMarked
package dev.mhs.server.service;

import org.jspecify.annotations.NullMarked;
