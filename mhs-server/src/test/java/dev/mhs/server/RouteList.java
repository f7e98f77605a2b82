package dev.mhs.server;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes down what is registered with a routing, instead of serving it. */
final class RouteList {
  private static final Set<String> VERBS =
      Set.of("get", "post", "put", "delete", "head", "options");

  private final List<Route> routes = new ArrayList<>();

  /** One route: a method and a path with its variables filled in. */
  record Route(String method, String path) {}

  /** Returns every route of the server, as it registers them itself. */
  static List<Route> of(java.util.function.Consumer<HttpRouting.Builder> registering) {
    RouteList list = new RouteList();
    registering.accept(list.rules(HttpRouting.Builder.class, ""));
    return List.copyOf(list.routes);
  }

  private <R> R rules(Class<R> type, String prefix) {
    InvocationHandler note =
        (proxy, method, arguments) -> {
          note(method.getName(), arguments == null ? new Object[0] : arguments, prefix);
          return proxy;
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, note));
  }

  private void note(String name, Object[] arguments, String prefix) {
    String path = prefix + (arguments.length > 0 && arguments[0] instanceof String own ? own : "");
    if (name.equals("register")) {
      for (HttpService service : services(arguments)) {
        service.routing(rules(HttpRules.class, path));
      }
    } else if (VERBS.contains(name)) {
      routes.add(new Route(name.toUpperCase(Locale.ROOT), filledIn(path)));
    } else if (name.equals("any")) {
      List.of("GET", "POST", "PUT", "DELETE")
          .forEach(method -> routes.add(new Route(method, filledIn(path))));
    } else if (name.equals("route") && arguments[0] instanceof Method method) {
      routes.add(new Route(method.text(), filledIn(prefix + arguments[1])));
    } else if (!Set.of("addFilter", "error").contains(name)) {
      throw new AssertionError("this list does not know " + name + Arrays.toString(arguments));
    }
  }

  private static List<HttpService> services(Object[] arguments) {
    Object last = arguments[arguments.length - 1];
    return last instanceof Object[] several
        ? Arrays.stream(several)
            .filter(HttpService.class::isInstance)
            .map(HttpService.class::cast)
            .toList()
        : List.of();
  }

  private static String filledIn(String path) {
    String full = path.isEmpty() ? "/" : path;
    for (Map.Entry<String, String> variable :
        Map.of("{+rest}", "nothing", "{+path}", "js/main.js", "{device}", "192.0.2.1").entrySet()) {
      full = full.replace(variable.getKey(), variable.getValue());
    }
    return full.replaceAll("\\{[^}]*}", "192.0.2.1");
  }
}
