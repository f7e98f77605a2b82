package dev.mhs.server.live;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;

/** What a client can say. Everything else is none of our business, and no error either. */
enum ClientWord {
  /** It has missed something and wants a whole update: {@code {"type":"resync"}}. */
  RESYNC,
  /** Nothing that is understood here. */
  OTHER;

  /** Reads a message event by event: one nested deeply must not use up the stack. */
  static ClientWord of(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      ClientWord word = OTHER;
      int depth = 0;
      boolean isType = false;
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> depth--;
          case KEY_NAME -> {
            isType = depth == 1 && parser.getString().equals("type");
            continue;
          }
          case VALUE_STRING -> word = isType ? word(parser) : word;
          case VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
        }
        isType = false;
      }
      return word;
    } catch (RuntimeException notJson) { // Parsson's own too, such as for what is nested too deeply
      return OTHER;
    }
  }

  private static ClientWord word(JsonParser parser) {
    return parser.getString().equals("resync") ? RESYNC : OTHER;
  }
}
