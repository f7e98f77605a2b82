/**
 * Many sightings become one device, with provenance for each field, and presence is concluded from
 * the evidence. Pure; it must not know how sources are asked, nor store anything.
 */
@NullMarked
package dev.mhs.core.merge;

import org.jspecify.annotations.NullMarked;
