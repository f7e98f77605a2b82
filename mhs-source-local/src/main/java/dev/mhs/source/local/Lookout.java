package dev.mhs.source.local;

import dev.mhs.source.local.link.ArpScout;
import dev.mhs.source.local.name.NetworkNames;
import dev.mhs.source.local.nmap.NmapScout;
import dev.mhs.source.local.sweep.Sweeper;

/**
 * The ways in which the source itself asks around, and where it leaves whom it found.
 *
 * @param nmap lets nmap look
 * @param arp asks and listens on the links
 * @param sweeper makes the kernel ask
 * @param names knows names
 * @param known takes who was found
 */
record Lookout(
    NmapScout nmap, ArpScout arp, Sweeper sweeper, NetworkNames names, KnownDevices known) {}
