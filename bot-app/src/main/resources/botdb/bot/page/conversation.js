// What the page asks the bot for; each answer is JSON, a reply comes as a line of JSON for each piece.

const MESSAGES = "/api/conversation/messages";

/** Why something could not be done: the status of HTTP (0: nobody answered) and when to try again. */
export class Refused extends Error {
  constructor(status, retryAfter = 0) {
    super(`refused: ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", redirect: "error", ...options });
  } catch {
    throw new Refused(0);
  }
  if (!response.ok) {
    throw new Refused(response.status, Number(response.headers.get("Retry-After") ?? 0));
  }
  return response;
}

/** The newest messages before a position, how many there are in all, and where these begin. */
export async function page(before, limit) {
  const query = new URLSearchParams({ limit });
  if (before !== undefined) {
    query.set("before", before);
  }
  return (await ask(`${MESSAGES}?${query}`)).json();
}

export async function search(words) {
  return (await ask(`/api/conversation/search?${new URLSearchParams({ q: words })}`)).json();
}

export async function clear() {
  await ask(MESSAGES, { method: "DELETE" });
}

/** Sends a message; the pieces of the reply are given to somebody as they come. */
export async function say(content, onPart) {
  const response = await ask(MESSAGES, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ content }),
  });
  let exchange;
  for await (const line of lines(response.body)) {
    const piece = JSON.parse(line);
    if (piece.error) {
      throw new Refused(502);
    } else if (piece.reply) {
      exchange = piece;
    } else {
      onPart(piece.part);
    }
  }
  if (!exchange) {
    throw new Refused(0);
  }
  return exchange;
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (true) {
    let chunk;
    try {
      chunk = await reader.read();
    } catch {
      throw new Refused(0);
    }
    if (chunk.done) {
      return;
    }
    const pieces = (rest + chunk.value).split("\n");
    rest = pieces.pop();
    yield* pieces;
  }
}
