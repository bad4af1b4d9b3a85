package botdb.bot.settings;

import java.net.URI;

/**
 * The model that answers, behind any server that speaks the chat completions of OpenAI.
 *
 * @param server the address that {@code /chat/completions} is appended to
 * @param key a secret; empty if the server wants none
 * @param model the name that the server knows it by
 * @param prompt what it is told before every conversation; empty for nothing
 * @param contextTokens how much of a conversation it is shown, in estimated tokens
 */
public record ModelSettings(
    URI server, String key, String model, String prompt, int contextTokens) {

  /** Shows everything but the key and the prompt. */
  @Override
  public String toString() {
    return "ModelSettings[server=%s, model=%s, contextTokens=%d]"
        .formatted(server, model, contextTokens);
  }
}
