package botdb.it.chat;

import java.util.Map;

/**
 * A method of the Bot API that was called.
 *
 * @param method its name
 * @param messageId the message that came of it; 0 if none did
 * @param parameters what it was called with
 */
record ApiCall(String method, long messageId, Map<String, String> parameters) {

  /** Returns a parameter; empty if it was not given. */
  String get(String name) {
    return parameters.getOrDefault(name, "");
  }

  long chat() {
    return Long.parseLong(parameters.getOrDefault("chat_id", "0"));
  }
}
