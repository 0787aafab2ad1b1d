// Dialogs: handing in with the list of what is open, and the keys.

class Dialogs {
  constructor(root, data, heard) {
    this.root = root;
    this.texts = data.texts;
    this.data = data;
    this.heard = heard;
  }

  get isOpen() {
    return Boolean(this.root.querySelector("dialog[open]"));
  }

  open(title, ...content) {
    const dialog = el(
      "dialog",
      { class: "dialog", "aria-label": title, onclose: () => dialog.remove() },
      el(
        "div",
        { class: "dialog-head" },
        el("h2", {}, title),
        iconButton("cross", this.texts.close, () => dialog.close()),
      ),
      ...content,
    );
    this.root.append(dialog);
    dialog.showModal();
    return dialog;
  }

  help() {
    const rows = this.texts.keys.map(([keys, what]) =>
      el(
        "tr",
        {},
        el("td", {}, ...keys.split(" ").map((key) => el("kbd", {}, key))),
        el("td", {}, what),
      ),
    );
    this.open(this.texts.help_title, el("table", { class: "keys" }, el("tbody", {}, ...rows)));
  }

  /** Ask before handing in. `open` lists the undecided items; a click goes to one. */
  submit({ open, waiting, totals, overall }) {
    const t = this.texts;
    const words = el("textarea", { class: "overall", rows: "4", maxlength: "4000" });
    words.value = overall;
    const alert = el("p", { class: "dialog-alert", role: "alert", hidden: true });
    const hand = el(
      "button",
      {
        type: "button",
        class: "primary",
        disabled: open.length > 0 || waiting > 0,
        onclick: async () => {
          hand.disabled = true;
          const problem = await this.heard.handIn(words.value);
          if (problem) {
            alert.textContent = problem;
            alert.hidden = false;
            hand.disabled = false;
          } else dialog.close();
        },
      },
      t.submit_now,
    );
    const list = open.map((item) =>
      el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "open-item",
            onclick: () => {
              dialog.close();
              this.heard.go(item.id);
            },
          },
          el("b", {}, item.id),
          ` ${item.title}`,
        ),
      ),
    );
    const parts = [
      el(
        "p",
        { class: "dialog-score" },
        t.score,
        " ",
        el("b", {}, points(totals.score)),
        " ",
        totals.grade || t.grade_open,
      ),
    ];
    if (open.length) {
      parts.push(el("p", {}, fill(t.open_items, { n: open.length })), el("ul", { class: "open-items" }, ...list));
    }
    if (waiting) parts.push(el("p", { class: "dialog-alert" }, fill(t.submit_waits, { n: waiting })));
    const dialog = this.open(
      t.submit_title,
      ...parts,
      el("label", { class: "overall-label" }, t.overall, words),
      el("p", { class: "hint" }, t.submit_hint),
      alert,
      el(
        "div",
        { class: "dialog-foot" },
        el("button", { type: "button", onclick: () => dialog.close() }, t.cancel),
        hand,
      ),
    );
  }
}
