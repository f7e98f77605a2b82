package dev.mhs.server.security;

import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.connect.Proxies;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The door of this server: its filter, its sign-in, and what it remembers. Thread-safe.
 *
 * @param filter stands in front of everything
 * @param api signs in and out
 * @param sessions who is signed in, or null when everybody may come in
 */
public record Door(DoorFilter filter, SessionApi api, @Nullable Sessions sessions)
    implements AutoCloseable {

  /**
   * How the door is.
   *
   * @param names the names of this server
   * @param password what opens it, or null when everybody may come in
   * @param span how long a session lasts
   * @param folder the data folder
   * @param proxies who is believed when they say for whom they ask
   * @param path where browsers find this server, ending with a slash: the path of its cookies
   */
  public record Plan(
      OwnNames names,
      @Nullable Password password,
      Sessions.Span span,
      Path folder,
      Proxies proxies,
      String path) {}

  /**
   * Makes it.
   *
   * @param plan how it is
   * @param time the clocks
   */
  public static Door of(Plan plan, TimeSource time) {
    SignInPage page = new SignInPage(plan.path());
    Password password = plan.password();
    if (password == null) {
      Entry open = new Entry(plan.names(), null);
      return new Door(
          new DoorFilter(open, plan.proxies(), page),
          new SessionApi(null, plan.proxies(), plan.path()),
          null);
    }
    Sessions sessions = new Sessions(plan.folder(), password, plan.span(), time);
    SignIn signIn = new SignIn(password, sessions, time);
    Tokens tokens = new Tokens(plan.folder(), time);
    Entry entry = new Entry(plan.names(), new Entry.Keys(signIn, sessions, tokens));
    SessionApi.Keeping keeping = new SessionApi.Keeping(signIn, sessions, plan.span());
    return new Door(
        new DoorFilter(entry, plan.proxies(), page),
        new SessionApi(keeping, plan.proxies(), plan.path()),
        sessions);
  }

  @Override
  public void close() {
    if (sessions != null) {
      sessions.close();
    }
  }
}
