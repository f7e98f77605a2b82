package dev.mhs.source.local.nmap;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.io.StringReader;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads nmap's report in XML (nmap.dtd 1.05). Pure; of one that is cut off, what came before. */
final class NmapReport {
  private static final int MOST = 4096;

  private final List<NmapHost> hosts = new ArrayList<>();
  private boolean isUp;
  private @Nullable InetAddress address;
  private @Nullable MacAddress mac;
  private @Nullable String vendor;

  private NmapReport() {}

  /**
   * Reads a report.
   *
   * @param xml what nmap printed
   * @return the hosts that are up, but for the machine itself
   */
  static List<NmapHost> hosts(String xml) {
    NmapReport report = new NmapReport();
    try {
      XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      report.read(factory.createXMLStreamReader(new StringReader(xml)));
    } catch (XMLStreamException | MissingResourceException spoilt) {
      // For some spoilt DTDs the JDK's reader has no words, and fails at looking for them.
      return List.copyOf(report.hosts);
    }
    return List.copyOf(report.hosts);
  }

  private void read(XMLStreamReader xml) throws XMLStreamException {
    while (xml.hasNext() && hosts.size() < MOST) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        begin(xml);
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("host")) {
        if (isUp && address != null) {
          hosts.add(new NmapHost(address, mac, vendor));
        }
        forget();
      }
    }
  }

  private void begin(XMLStreamReader xml) {
    switch (xml.getLocalName()) {
      case "host" -> forget();
      case "status" ->
          isUp =
              "up".equals(xml.getAttributeValue(null, "state"))
                  && !"localhost-response".equals(xml.getAttributeValue(null, "reason"));
      case "address" -> readAddress(xml);
      default -> {}
    }
  }

  private void readAddress(XMLStreamReader xml) {
    String text = String.valueOf(xml.getAttributeValue(null, "addr"));
    if ("mac".equals(xml.getAttributeValue(null, "addrtype"))) {
      mac = MacAddress.parse(text).filter(MacAddress::isDevice).orElse(null);
      vendor = xml.getAttributeValue(null, "vendor");
    } else {
      address = IpLiteral.parse(text).orElse(null);
    }
  }

  private void forget() {
    isUp = false;
    address = null;
    mac = null;
    vendor = null;
  }
}
