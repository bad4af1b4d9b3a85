// One message as the page shows it. What people wrote is only ever set as text.

const SHOWN = 4000;
const LANGUAGE = document.documentElement.lang;

export const phrases = JSON.parse(document.body.dataset.phrases ?? "{}");

export function phrase(key, ...values) {
  return values.reduce((text, value, i) => text.replace(`{${i}}`, value), phrases[key]);
}

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "long" });
const exact = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "long", timeStyle: "medium" });

/** The time of a message in the zone of who reads it. */
export function timeOf(message, format = clock) {
  if (!message.time) {
    return make("span", "time", phrase("time-unknown"));
  }
  const time = make("time", "time", format.format(new Date(message.time)));
  time.dateTime = message.time;
  time.title = exact.format(new Date(message.time));
  return time;
}

export const exactTimeOf = (message) => timeOf(message, exact);

/** The day of a message as a headline; empty for one without a time. */
export function dayOf(message) {
  if (!message.time) {
    return "";
  }
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Math.floor((new Date(message.time) - midnight) / 86_400_000);
  if (days === 0) {
    return phrase("today");
  }
  return days === -1 ? phrase("yesterday") : calendar.format(new Date(message.time));
}

/** A message with its writer and time; a very long one is cut off until it is asked for. */
export function show(message) {
  const item = make("li", "message");
  item.classList.add(message.role === "user" ? "user" : "other");
  item.dataset.position = message.position;
  const text = make("div", "text");
  text.dir = "auto";
  const content = message.content ?? phrase("no-text");
  text.textContent = content.length > SHOWN ? cut(content) : content;
  item.append(text);
  if (content.length > SHOWN) {
    const more = make("button", "quiet more", phrase("show-all"));
    more.type = "button";
    more.addEventListener("click", () => {
      text.textContent = content;
      more.remove();
    });
    item.append(more);
  }
  const by = make("div", "by");
  by.append(`${writer(message)} · `, timeOf(message));
  item.append(by);
  return item;
}

/** Never between the halves of a character. */
function cut(content) {
  const last = content.charCodeAt(SHOWN - 1);
  return content.slice(0, last >= 0xd800 && last <= 0xdbff ? SHOWN - 1 : SHOWN) + "…";
}

function writer(message) {
  if (message.role === "user") {
    return phrase("you");
  }
  return message.role === "assistant" ? phrase("bot") : (message.role ?? "?");
}
