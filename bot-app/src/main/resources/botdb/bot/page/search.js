// Searching: the bot searches, the page lists what it found.

import * as conversation from "./conversation.js";
import { exactTimeOf, make, phrase } from "./message.js";

const PAUSE = 250;
const BEFORE = 40;
const LENGTH = 160;

/** Where in a text the words stand, however they are capitalised; -1 if nowhere. */
function indexOf(text, words) {
  const fold = (value) => value.toLowerCase().replaceAll("ё", "е");
  return fold(text).length === text.length ? fold(text).indexOf(fold(words)) : -1;
}

function snippet(content, words) {
  const at = indexOf(content, words);
  const piece = make("span");
  piece.dir = "auto";
  if (at < 0) {
    piece.textContent = content.slice(0, LENGTH);
    return piece;
  }
  const from = Math.max(0, at - BEFORE);
  const end = at + words.length;
  piece.append(
    (from > 0 ? "…" : "") + content.slice(from, at),
    make("mark", "", content.slice(at, end)),
    content.slice(end, end + LENGTH),
  );
  return piece;
}

export class Search {
  #elements;
  #goTo;
  #timer;
  #asked = 0;

  constructor(elements, goTo) {
    this.#elements = elements;
    this.#goTo = goTo;
    elements.open.addEventListener("click", () => this.#show(elements.panel.hidden));
    elements.close.addEventListener("click", () => this.#show(false));
    elements.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.#show(false);
      }
    });
    elements.query.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#find(), PAUSE);
    });
    elements.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      this.#find();
    });
  }

  #show(open) {
    const { panel, query } = this.#elements;
    panel.hidden = !open;
    this.#elements.open.setAttribute("aria-expanded", String(open));
    (open ? query : this.#elements.open).focus();
  }

  async #find() {
    const { hits, note, query } = this.#elements;
    const words = query.value.trim();
    const asked = ++this.#asked;
    if (!words) {
      hits.replaceChildren();
      note.textContent = "";
      return;
    }
    try {
      const found = await conversation.search(words);
      if (asked === this.#asked) {
        note.textContent = found.count ? phrase("found-in", found.count) : phrase("nothing-found");
        hits.replaceChildren(...found.messages.map((message) => this.#hit(message, words)));
      }
    } catch {
      note.textContent = phrase("search-failed");
    }
  }

  #hit(message, words) {
    const item = make("li");
    const button = make("button");
    button.type = "button";
    const when = make("small");
    when.append(exactTimeOf(message));
    button.append(when, snippet(message.content ?? "", words));
    button.addEventListener("click", () => this.#goTo(message.position));
    item.append(button);
    return item;
  }
}
