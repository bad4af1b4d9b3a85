// The page of a conversation: writes, shows what comes, asks before it clears.

import * as conversation from "./conversation.js";
import { phrase } from "./message.js";
import { Search } from "./search.js";
import { Timeline } from "./timeline.js";

const get = (id) => document.getElementById(id);
const text = get("text");
const send = get("send");
const fault = get("fault");
const dialog = get("clear");

const timeline = new Timeline({
  list: get("messages"),
  scroller: get("scroller"),
  earlier: get("earlier"),
  newest: get("newest"),
  empty: get("empty"),
});

function tell(message) {
  fault.textContent = message;
  fault.hidden = !message;
}

/** What a refusal means for who reads the page; without a password the page has to be asked anew. */
function explain(refused) {
  switch (refused.status) {
    case 401:
      if (!sessionStorage.getItem("asked-anew")) {
        sessionStorage.setItem("asked-anew", "yes");
        location.reload();
      }
      return phrase("no-cookie");
    case 429:
      return phrase("please-wait", refused.retryAfter);
    case 0:
      return phrase("no-connection");
    default:
      return phrase("no-reply");
  }
}

async function trying(work) {
  try {
    tell("");
    await work();
    sessionStorage.removeItem("asked-anew");
    return true;
  } catch (refused) {
    if (!(refused instanceof conversation.Refused)) {
      throw refused;
    }
    tell(explain(refused));
    return false;
  }
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

async function say() {
  const content = text.value;
  if (!content.trim() || send.disabled) {
    return;
  }
  send.disabled = true;
  if (!timeline.isAtEnd()) {
    await trying(() => timeline.toNewest());
  }
  const now = new Date().toISOString();
  const question = timeline.pending({ role: "user", content, time: now });
  const reply = timeline.pending({ role: "assistant", content: "", time: now });
  reply.classList.add("writing");
  reply.setAttribute("aria-busy", "true");
  text.value = "";
  fit();
  const answered = await trying(async () => {
    const exchange = await conversation.say(content, (part) => {
      const follow = timeline.isAtEnd();
      reply.querySelector(".text").append(part);
      if (follow) {
        timeline.keepAtEnd();
      }
    });
    question.remove();
    reply.remove();
    timeline.append(exchange.message, exchange.reply);
  });
  if (!answered) {
    await afterFailure(content, question, reply);
  }
  send.disabled = false;
  text.focus();
}

/** The bot knows best whether the message arrived; if it did not, its text goes back to the field. */
async function afterFailure(content, question, reply) {
  const said = fault.textContent;
  const before = timeline.total;
  reply.remove();
  if (!(await trying(() => timeline.toNewest())) || timeline.total <= before) {
    question.remove();
    text.value ||= content;
    fit();
  }
  tell(said);
}

get("write").addEventListener("submit", (event) => {
  event.preventDefault();
  say();
});
text.addEventListener("input", fit);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    say();
  }
});

get("open-clear").addEventListener("click", () => dialog.showModal());
dialog.addEventListener("close", async () => {
  if (dialog.returnValue === "yes") {
    dialog.returnValue = "";
    if (await trying(() => conversation.clear())) {
      await trying(() => timeline.toNewest());
      get("empty").textContent = phrase("cleared");
    }
  }
});

new Search(
  {
    panel: get("search"),
    form: get("search-form"),
    query: get("query"),
    open: get("open-search"),
    close: get("close-search"),
    note: get("search-note"),
    hits: get("hits"),
  },
  (position) => trying(() => timeline.goTo(position)),
);

trying(() => timeline.toNewest());
