package dev.mhs.source.local.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverConfigTest {
  @Test
  void bothKeywordsGiveDomains() {
    String text = "# search no\ndomain lan\nsearch home.arpa. fritz.box lan\nnameserver 10.0.0.1\n";

    assertEquals(List.of("lan", "home.arpa", "fritz.box"), ResolverConfig.domains(text));
  }

  @Test
  void theRootIsNoDomain() {
    assertEquals(List.of(), ResolverConfig.domains("search .\nsearch\n"));
  }
}
