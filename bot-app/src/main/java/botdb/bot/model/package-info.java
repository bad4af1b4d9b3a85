/**
 * The responder that asks a model, behind any server that speaks the chat completions of OpenAI
 * (OpenAI itself, Ollama, vLLM, llama.cpp).
 *
 * <p>{@link botdb.bot.model.ModelResponder} is the door; {@code ContextWindow} chooses what of a
 * conversation the model is shown, {@code ChatCompletions} asks it, {@code AnswerStream} reads the
 * answer while it is written.
 */
@NullMarked
package botdb.bot.model;

import org.jspecify.annotations.NullMarked;
