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

  /** Ask why a proposal is not taken. `keep` sends it and answers with what went wrong, or null. */
  reject(item, keep) {
    const t = this.texts;
    const name = `reason-${item.id}`;
    const words = el("textarea", { class: "overall", rows: "2", maxlength: "500", "aria-label": t.reason_words });
    words.placeholder = t.reason_words;
    const alert = el("p", { class: "dialog-alert", role: "alert", hidden: true });
    const choices = t.reasons.map(([key, label], index) =>
      el(
        "label",
        { class: "reason" },
        el("input", { type: "radio", name, value: key, checked: index === 0 }),
        label,
      ),
    );
    const done = el(
      "button",
      {
        type: "button",
        class: "primary",
        onclick: async () => {
          const chosen = dialog.querySelector(`input[name="${name}"]:checked`);
          done.disabled = true;
          const problem = await keep(chosen.value, words.value);
          done.disabled = false;
          if (!problem) return dialog.close();
          alert.textContent = problem;
          alert.hidden = false;
        },
      },
      t.reject,
    );
    const dialog = this.open(
      fill(t.reject_title, { item: item.id }),
      el("p", {}, item.title),
      el("div", { class: "reasons" }, ...choices),
      words,
      el("p", { class: "hint" }, t.reject_hint),
      alert,
      el(
        "div",
        { class: "dialog-foot" },
        el("button", { type: "button", onclick: () => dialog.close() }, t.cancel),
        done,
      ),
    );
  }

  /** A list of items; a click closes the dialog and goes to one. */
  itemList(items, close) {
    return el(
      "ul",
      { class: "open-items" },
      ...items.map((item) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "open-item",
              onclick: () => {
                close();
                this.heard.go(item.id);
              },
            },
            el("b", {}, item.id),
            ` ${item.title}`,
          ),
        ),
      ),
    );
  }

  /** Ask before handing in. `open` lists the undecided items; a click goes to one. */
  submit({ open, unreasoned, waiting, totals, overall }) {
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
      parts.push(el("p", {}, fill(t.open_items, { n: open.length })), this.itemList(open, () => dialog.close()));
    }
    if (unreasoned.length) {
      parts.push(
        el("p", { class: "dialog-warning" }, fill(t.unreasoned, { n: unreasoned.length })),
        this.itemList(unreasoned, () => dialog.close()),
      );
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
