// Small pieces to build elements. Text always goes in as text, never as markup.

/** An element with attributes, listeners (`onclick`) and children (elements or text). */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SHAPES = {
  outline: "M3 4h4v5H3zM3 11h4v5H3zM9 5h8M9 8h6M9 12h8M9 15h6",
  previous: "M12 4l-6 6 6 6",
  next: "M8 4l6 6-6 6",
  width: "M2 4v12M18 4v12M5 10h10M8 7l-3 3 3 3M12 7l3 3-3 3",
  page: "M5 2h10v16H5zM8 6h4M8 9h4M8 12h4",
  minus: "M4 10h12",
  plus: "M4 10h12M10 4v12",
  pin: "M7 3h6l-1 5 3 3H5l3-3zM10 11v6",
  check: "M4 10.5l4 4 8-9",
  cross: "M5 5l10 10M15 5L5 15",
  note: "M4 4h12v9H9l-4 3v-3H4z",
  robot: "M4 7h12v9H4zM10 4v3M7.5 11h.01M12.5 11h.01M8 14h4",
  law: "M10 3v14M6 17h8M4 6h12M4 6l-2 6h4zM16 6l-2 6h4z",
  help: "M7.5 7.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M10 14.5h.01",
};

/** A line drawing of 20 units, in the colour of its text; decoration only. */
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon only; its name is spoken and shown on hover. */
function iconButton(name, label, onclick, attributes = {}) {
  return el(
    "button",
    { type: "button", class: "tool", "aria-label": label, title: label, onclick, ...attributes },
    icon(name),
  );
}

/** Put the values into the `{placeholders}` of a text that Python translated. */
function fill(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

/** Points without superfluous zeros: "1.50" becomes "1.5". */
function points(value) {
  const number = Number(value);
  return Number.isFinite(number) ? String(Math.round(number * 100) / 100) : String(value);
}

/** Whether keys typed now belong to a text field. */
function isTyping(event) {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.tagName === "TEXTAREA" ||
      target.tagName === "SELECT" ||
      (target.tagName === "INPUT" && !["checkbox", "radio", "button"].includes(target.type)))
  );
}

/** Whether a result claims a fault. */
function isFault(result) {
  return result === "partly_met" || result === "not_met";
}
