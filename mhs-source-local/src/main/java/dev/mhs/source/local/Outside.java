package dev.mhs.source.local;

import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.link.Links;
import dev.mhs.source.local.link.PcapLinks;
import dev.mhs.source.local.name.Interviewer;
import dev.mhs.source.local.name.NameQuestions;
import dev.mhs.source.local.name.Resolver;
import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.ProcessRunner;
import dev.mhs.source.local.sweep.Pause;
import dev.mhs.source.local.sweep.ProbeSocket;
import dev.mhs.source.local.sweep.UdpProbeSocket;
import java.time.Duration;

/**
 * Everything by which something leaves this machine, and the waiting in between.
 *
 * @param socket sends probes
 * @param pause waits between two of them
 * @param resolver asks for names
 * @param links opens interfaces for frames
 * @param interviewer asks devices for their names
 * @param nmap runs nmap, with a deadline
 */
record Outside(
    ProbeSocket socket,
    Pause pause,
    Resolver resolver,
    Links links,
    Interviewer interviewer,
    CommandRunner nmap) {
  private static final Duration LONGEST_SCAN = Duration.ofSeconds(60);

  static Outside here(TimeSource time) {
    return new Outside(
        new UdpProbeSocket(),
        Pause.real(),
        Resolver.ofThisMachine(),
        new PcapLinks(),
        new NameQuestions(time),
        new ProcessRunner(LONGEST_SCAN));
  }
}
