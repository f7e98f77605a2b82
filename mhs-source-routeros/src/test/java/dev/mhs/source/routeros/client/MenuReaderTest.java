package dev.mhs.source.routeros.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.source.routeros.FakeSession;
import dev.mhs.source.routeros.SettableTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MenuReaderTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final String FILTER = "ip/firewall/filter";

  private final SettableTime time = new SettableTime();
  private final FakeSession session = new FakeSession().with(FILTER, "[{'.id':'*1'}]");
  private final MenuReader menus = new MenuReader(session, time);

  @Test
  void aYoungAnswerIsGivenAgain() throws Exception {
    menus.read(Menu.FILTER, LONG);
    time.advance(Duration.ofMinutes(59));
    menus.read(Menu.FILTER, LONG);
    assertEquals(1, session.count(FILTER));

    time.advance(Duration.ofMinutes(1));
    menus.read(Menu.FILTER, LONG);
    assertEquals(2, session.count(FILTER));
  }

  @Test
  void whatWasAskedBeforeAWriteAndAnsweredAfterItIsNotKept() throws Exception {
    session.taking(() -> menus.forget(Menu.FILTER)); // another capability writes meanwhile
    menus.read(Menu.FILTER, LONG);
    session.taking(() -> {});

    assertNull(menus.last(Menu.FILTER));
    menus.read(Menu.FILTER, LONG);
    assertEquals(2, session.count(FILTER));
  }

  @Test
  void whatWasAskedBeforeARestartAndAnsweredAfterItIsNotKept() throws Exception {
    session.taking(menus::forget);
    menus.read(Menu.FILTER6, LONG); // a box that starts may lack what it has a moment later
    session.taking(() -> {});

    assertNull(menus.last(Menu.FILTER6));
  }
}
