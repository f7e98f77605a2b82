package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mhs.core.spi.SourceProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class LocalProviderTest {
  @Test
  void theServiceLoaderFindsIt() {
    var found =
        ServiceLoader.load(SourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.type().equals("local"))
            .toList();

    assertEquals(1, found.size());
    assertInstanceOf(LocalProvider.class, found.getFirst());
    assertEquals("this machine", found.getFirst().vendor());
    assertEquals(10, found.getFirst().priority());
  }
}
