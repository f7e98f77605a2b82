package dev.mhs.source.local.name;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.MissingResourceException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the name in a device's description (UPnP Device Architecture 2.0 §2.3). Pure. */
final class FriendlyName {
  private static final int LONGEST = 64; // ibidem: "should be < 64 characters"

  private FriendlyName() {}

  /**
   * Reads the first friendly name, which is that of the device as a whole.
   *
   * @param description an XML document, which a stranger wrote
   * @return the name, empty when it is none or the document is not one
   */
  static Optional<String> read(byte[] description) {
    try {
      XMLStreamReader xml = reader(description);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("friendlyName")) {
          return text(xml);
        }
      }
      return Optional.empty();
    } catch (XMLStreamException | MissingResourceException notXml) {
      // For some spoilt DTDs the JDK's reader has no words, and fails at looking for them.
      return Optional.empty();
    }
  }

  /**
   * Without definitions and entities nothing grows, and nothing else is read. It is given letters,
   * since of octets that are none the parser would complain on our standard error.
   */
  private static XMLStreamReader reader(byte[] description) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory.createXMLStreamReader(
        new StringReader(new String(description, StandardCharsets.UTF_8)));
  }

  private static Optional<String> text(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    while (xml.hasNext() && text.length() <= LONGEST) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        break;
      }
      if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(xml.getText());
      }
    }
    String name = text.substring(0, Math.min(LONGEST, text.length())).strip();
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }
}
