/**
 * What MHS tells the service manager that started it, if one did. Knows nothing of sources, REST or
 * history.
 */
@NullMarked
package dev.mhs.server.service;

import org.jspecify.annotations.NullMarked;
