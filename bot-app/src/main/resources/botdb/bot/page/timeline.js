// A window on the history: of however many messages, a few hundred are in the document. It moves as
// one scrolls; what leaves it on one side is dropped, and fetched again when it is wanted.

import * as conversation from "./conversation.js";
import { dayOf, make, phrase, show } from "./message.js";

const STEP = 50;
const MOST = 200;
const NEAR = 400;

export class Timeline {
  #list;
  #scroller;
  #earlier;
  #newest;
  #empty;
  #messages = [];
  #total = 0;
  #moving = false;

  constructor({ list, scroller, earlier, newest, empty }) {
    this.#list = list;
    this.#scroller = scroller;
    this.#earlier = earlier;
    this.#newest = newest;
    this.#empty = empty;
    empty.textContent = phrase("empty");
    scroller.addEventListener("scroll", () => this.#follow(), { passive: true });
    earlier.addEventListener("click", () => this.#back());
    newest.addEventListener("click", () => this.toNewest());
  }

  get total() {
    return this.#total;
  }

  async toNewest() {
    this.#take(await conversation.page(undefined, STEP));
    this.#draw();
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#tellWhatIsHidden();
  }

  /** Shows a message in the middle of what was said around it. */
  async goTo(position) {
    this.#take(await conversation.page(position + STEP / 2, STEP));
    this.#draw();
    const item = this.#list.querySelector(`[data-position="${position}"]`);
    item?.classList.add("found");
    item?.scrollIntoView({ block: "center" });
    this.#tellWhatIsHidden();
  }

  /** Puts messages under the newest one; a screen reader reads them out. */
  append(...messages) {
    for (const message of messages) {
      this.#addDay(message, this.#messages.at(-1));
      this.#list.append(show(message));
      this.#messages.push(message);
    }
    this.#total += messages.length;
    if (this.#messages.length > MOST) {
      this.#messages = this.#messages.slice(-MOST);
      this.#draw();
    }
    this.#empty.hidden = true;
    this.keepAtEnd();
    this.#tellWhatIsHidden();
  }

  #addDay(message, before) {
    const day = dayOf(message);
    if (day && day !== (before ? dayOf(before) : "")) {
      this.#list.append(make("li", "day", day));
    }
  }

  /** A message that is still being written; take it away with its own remove(). */
  pending(message) {
    const item = show(message);
    this.#empty.hidden = true;
    this.#list.append(item);
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    return item;
  }

  isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return this.#end() >= this.#total && scrollHeight - scrollTop - clientHeight < 80;
  }

  keepAtEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #first() {
    return this.#messages.length ? this.#messages[0].position : 0;
  }

  #end() {
    return this.#messages.length ? this.#messages.at(-1).position + 1 : 0;
  }

  #take({ messages, total }) {
    this.#messages = messages;
    this.#total = total;
  }

  async #follow() {
    this.#tellWhatIsHidden();
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    if (scrollTop < NEAR && this.#first() > 0) {
      await this.#back();
    } else if (scrollHeight - scrollTop - clientHeight < NEAR && this.#end() < this.#total) {
      await this.#forth();
    }
  }

  #back() {
    return this.#move(async () => {
      const { messages, total } = await conversation.page(this.#first(), STEP);
      this.#total = total;
      this.#messages = [...messages, ...this.#messages].slice(0, MOST);
    });
  }

  #forth() {
    return this.#move(async () => {
      const end = this.#end();
      const { messages, total } = await conversation.page(end + STEP, STEP);
      this.#total = total;
      const fresh = messages.filter((message) => message.position >= end);
      this.#messages = [...this.#messages, ...fresh].slice(-MOST);
    });
  }

  /** Changes the window and leaves what one reads where it is on the screen. */
  async #move(change) {
    if (this.#moving) {
      return;
    }
    this.#moving = true;
    try {
      await change();
      const anchor = this.#topmost();
      const before = anchor?.getBoundingClientRect().top;
      this.#draw();
      const same =
        anchor && this.#list.querySelector(`[data-position="${anchor.dataset.position}"]`);
      if (same) {
        this.#scroller.scrollTop += same.getBoundingClientRect().top - before;
      }
      this.#tellWhatIsHidden();
    } catch {
      // Nothing has changed; scrolling on asks again.
    } finally {
      this.#moving = false;
    }
  }

  #topmost() {
    const top = this.#scroller.getBoundingClientRect().top;
    return [...this.#list.querySelectorAll(".message")].find(
      (item) => item.getBoundingClientRect().bottom > top,
    );
  }

  #draw() {
    const items = [];
    let day = "";
    for (const message of this.#messages) {
      const next = dayOf(message);
      if (next && next !== day) {
        items.push(make("li", "day", next));
        day = next;
      }
      items.push(show(message));
    }
    // What was there already is no news to a screen reader.
    this.#list.setAttribute("aria-live", "off");
    this.#list.replaceChildren(...items);
    requestAnimationFrame(() => this.#list.setAttribute("aria-live", "polite"));
    this.#empty.hidden = this.#messages.length > 0;
  }

  #tellWhatIsHidden() {
    this.#earlier.hidden = this.#first() === 0;
    this.#newest.hidden = this.isAtEnd();
  }
}
