/**
 * Lets nmap look for hosts, where it is installed, and reads its report. It knows networks and
 * addresses, and nothing of devices. What the report says comes from strangers.
 */
@NullMarked
package dev.mhs.source.local.nmap;

import org.jspecify.annotations.NullMarked;
