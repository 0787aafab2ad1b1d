// The current item in full: proposal with evidence, deductions, comment, pins, law.

const COMMENT_PAUSE_MS = 700;

class Inspector {
  /** `heard`: changed(patch), accept(), evidence(place), pin(), unpin(pin), comment(text). */
  constructor(root, data, heard) {
    this.root = root;
    this.data = data;
    this.texts = data.texts;
    this.heard = heard;
    this.typing = null;
    this.item = null;
    const t = this.texts;
    this.head = el("div", { class: "inspector-head" });
    this.left = el("div", { class: "inspector-left" });
    this.deductions = el("div", { class: "steppers" });
    this.comment = el("textarea", {
      class: "comment",
      rows: "2",
      maxlength: "4000",
      placeholder: t.comment_hint,
      "aria-label": t.comment,
      readonly: data.sheet.read_only,
      oninput: () => this.typed(),
      onblur: () => this.flush(),
    });
    this.right = el("div", { class: "inspector-right" }, this.deductions, this.comment);
    root.append(this.head, el("div", { class: "inspector-body" }, this.left, this.right));
  }

  get isReadOnly() {
    return this.data.sheet.read_only;
  }

  /** Show an item; keeps what is being typed where it is the same one. */
  show(item, { score, proposal, notes, pins, mark }) {
    if (this.item && this.item.id !== item.id) this.flush();
    const isSame = this.item?.id === item.id;
    this.item = item;
    this.score = score;
    this.drawHead(item);
    this.left.replaceChildren(
      ...[
        item.guidance ? el("p", { class: "guidance" }, item.guidance) : null,
        proposal ? this.proposalBox(proposal) : null,
        notes?.length ? this.trialBox(notes) : null,
        this.pinRow(pins, mark),
        item.law.length ? this.lawBox(item) : null,
      ].filter(Boolean),
    );
    this.drawDeductions(item, score);
    const text = score?.comment ?? "";
    if (!isSame || (this.typing === null && this.comment.value !== text)) this.comment.value = text;
  }

  drawHead(item) {
    const t = this.texts;
    this.head.replaceChildren(
      el("span", { class: "item-id" }, item.id),
      el("strong", {}, item.title),
      ...[
        item.veto ? el("span", { class: "veto-tag" }, t.veto_tag) : null,
        Number(item.points)
          ? el("span", { class: "chip" }, fill(t.item_points, { n: points(item.points) }))
          : null,
        el("span", { class: "chip" }, item.dimension_title),
      ].filter(Boolean),
    );
  }

  proposalBox(proposal) {
    const t = this.texts;
    const word = this.data.results.find((each) => each.key === proposal.result)?.label ?? "";
    const lost = Number(proposal.deduction);
    const places = proposal.evidence.map((place) => this.evidenceLink(place));
    return el(
      "div",
      { class: "proposal", "data-result": proposal.result },
      el(
        "div",
        { class: "proposal-head" },
        el("span", { class: "proposal-name" }, icon("robot"), t.proposal),
        el("strong", {}, lost ? `${word} −${points(lost)}` : word),
        proposal.checks.length ? el("span", { class: "check-ids" }, proposal.checks.join(" ")) : null,
        this.isReadOnly
          ? null
          : el(
              "button",
              { type: "button", class: "accept", onclick: () => this.heard.accept() },
              t.accept,
              el("kbd", {}, "A"),
            ),
        this.isReadOnly || !isFault(proposal.result)
          ? null
          : el(
              "button",
              { type: "button", class: "reject", onclick: () => this.heard.reject() },
              t.reject,
              el("kbd", {}, "X"),
            ),
      ),
      ...(proposal.rejected
        ? [el("p", { class: "rejected-for" }, fill(t.rejected_for, { reason: proposal.rejected }))]
        : []),
      ...proposal.reasons.map((reason) => el("p", {}, reason)),
      ...(proposal.covers_all ? [] : [el("p", { class: "partly" }, t.covers_part)]),
      ...(places.length ? [el("div", { class: "places" }, ...places)] : []),
    );
  }

  /** What checks on trial found: shown, never proposed. */
  trialBox(notes) {
    return el(
      "div",
      { class: "trial-notes" },
      el("b", {}, this.texts.trial),
      ...notes.map((note) => el("p", {}, note)),
    );
  }

  evidenceLink(place) {
    const t = this.texts;
    const label = place.number ? fill(t.page_link, { n: place.number }) : place.title;
    return el(
      "button",
      {
        type: "button",
        class: "place",
        disabled: !place.page_id,
        onclick: () => this.heard.evidence(place),
      },
      el("b", {}, label),
      place.quote ? el("q", {}, place.quote.slice(0, 60)) : null,
    );
  }

  pinRow(pins, mark) {
    const t = this.texts;
    const chips = pins.map((pin) =>
      el(
        "span",
        { class: "pin-chip" },
        this.evidenceLink(pin),
        this.isReadOnly ? null : iconButton("cross", t.unpin, () => this.heard.unpin(pin)),
      ),
    );
    if (!this.isReadOnly) {
      chips.push(
        el(
          "button",
          { type: "button", class: mark ? "pin-here has-mark" : "pin-here", onclick: () => this.heard.pin() },
          icon("pin"),
          mark ? t.pin_mark : t.pin_page,
          el("kbd", {}, "P"),
        ),
      );
    }
    return el("div", { class: "pins" }, el("span", { class: "label" }, t.pins), ...chips);
  }

  lawBox(item) {
    return el(
      "details",
      { class: "law" },
      el("summary", {}, icon("law"), fill(this.texts.law_n, { n: item.law.length })),
      el("ul", {}, ...item.law.map((law) => el("li", {}, law))),
    );
  }

  drawDeductions(item, score) {
    const t = this.texts;
    const applies = score && ["partly_met", "not_met"].includes(score.result);
    const focused = this.deductions.querySelector(":focus")?.dataset.reason;
    this.deductions.replaceChildren();
    if (!applies) {
      if (item.deductions.length) {
        const rules = item.deductions.map((each) =>
          el("li", {}, each.label, el("span", { class: "amount" }, each.amount)),
        );
        this.deductions.append(el("span", { class: "label" }, t.rule), el("ul", { class: "rule" }, ...rules));
      }
      return;
    }
    for (const reason of item.deductions) {
      const count = score.chosen[reason.id] ?? 0;
      const change = (by) => {
        const next = Math.max(0, Math.min(reason.counted ? 99 : 1, count + by));
        if (next === count) return;
        const chosen = { ...score.chosen, [reason.id]: next };
        if (!next) delete chosen[reason.id];
        this.heard.changed({ chosen });
      };
      const step = (name, label, by) =>
        iconButton(name, fill(label, { reason: reason.label }), () => change(by), {
          "data-reason": `${reason.id}${by}`,
          disabled: this.isReadOnly || (by < 0 ? count === 0 : !reason.counted && count === 1),
        });
      this.deductions.append(
        el(
          "div",
          { class: count ? "stepper is-chosen" : "stepper" },
          el("span", { class: "reason", title: reason.label }, reason.label),
          el("span", { class: "amount" }, reason.amount),
          step("minus", t.less_of, -1),
          el("output", { "aria-label": reason.label }, String(count)),
          step("plus", t.more_of, 1),
        ),
      );
    }
    this.deductions.append(
      el(
        "div",
        { class: "taken" },
        t.taken,
        el("b", {}, `−${points(score.deduction ?? 0)}`),
        el("small", {}, fill(t.of_points, { n: points(item.points) })),
      ),
    );
    if (focused) this.deductions.querySelector(`[data-reason="${focused}"]:not([disabled])`)?.focus();
  }

  // --- comment -------------------------------------------------------------------------------

  typed() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.flush(), COMMENT_PAUSE_MS);
  }

  /** Hand over what was typed; also before another item is shown and before the page goes. */
  flush() {
    if (this.typing === null) return;
    clearTimeout(this.typing);
    this.typing = null;
    this.heard.comment(this.item.id, this.comment.value);
  }

  write() {
    this.comment.focus();
    this.comment.setSelectionRange(this.comment.value.length, this.comment.value.length);
  }
}
