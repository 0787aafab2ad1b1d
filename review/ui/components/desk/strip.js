// The strip above both panes: which case, the live score and grade, dimensions, veto, saved state.

class Strip {
  constructor(root, data, heard) {
    this.data = data;
    this.texts = data.texts;
    const { texts: t, sheet } = data;
    this.label = el("span", { class: "score-label" }, t.score);
    this.score = el("span", { class: "score" });
    this.grade = el("span", { class: "grade" });
    this.veto = el("span", { class: "veto" });
    this.bar = el("span", { class: "progress-fill" });
    this.progress = el("span", { class: "progress-text" });
    this.saved = el("span", { class: "saved", role: "status", "aria-live": "polite" });
    this.dimensions = el("div", { class: "dimensions", "aria-label": t.dimensions });
    const facts = [sheet.cause, sheet.unit, sheet.procedure, sheet.round].filter(Boolean);
    const actions = [
      iconButton("help", t.help_title, heard.help),
      sheet.read_only
        ? el("span", { class: "locked" }, sheet.state_text)
        : el(
            "button",
            { type: "button", class: "primary submit", onclick: heard.submit },
            t.submit,
          ),
    ];
    root.append(
      el(
        "div",
        { class: "strip-row" },
        el(
          "div",
          { class: "case" },
          el("h1", { class: "case-no", title: sheet.case_no }, sheet.case_no),
          el("span", { class: "case-facts", title: facts.join(" · ") }, facts.join(" · ")),
        ),
        el(
          "div",
          { class: "state" },
          el(
            "span",
            { class: "done", title: t.progress_title },
            el("span", { class: "progress-track" }, this.bar),
            this.progress,
          ),
          this.saved,
          ...actions,
        ),
      ),
      el(
        "div",
        { class: "strip-row totals" },
        this.label,
        this.score,
        this.grade,
        this.veto,
        this.dimensions,
      ),
    );
    this.chips = new Map();
    for (const dimension of data.dimensions) {
      const value = el("b", {});
      const chip = el(
        "button",
        {
          type: "button",
          class: "dimension",
          "aria-pressed": "false",
          title: fill(t.dimension_title, { name: dimension.title }),
          onclick: () => heard.dimension(dimension),
        },
        dimension.title,
        value,
      );
      this.chips.set(dimension.id, { chip, value });
      this.dimensions.append(chip);
    }
  }

  /** Show the totals that the server computed. */
  total(totals) {
    const { texts: t } = this;
    this.score.replaceChildren(points(totals.score), el("small", {}, ` / ${points(totals.scale)}`));
    this.label.textContent = totals.grade ? t.score : t.score_so_far;
    this.label.title = totals.grade ? "" : t.score_so_far_title;
    this.grade.textContent = totals.grade || t.grade_open;
    this.grade.classList.toggle("is-open", !totals.grade);
    this.grade.title = totals.grade ? "" : t.grade_open_title;
    this.veto.dataset.state = totals.veto;
    this.veto.textContent = fill(t[`veto_${totals.veto}`], { n: totals.vetoes.length });
    this.veto.title = totals.vetoes.join("、");
    for (const [id, { chip, value }] of this.chips) {
      const part = totals.parts[id];
      chip.hidden = !part;
      if (!part) continue;
      const full = Number(part.applicable);
      const lost = full - Number(part.earned);
      value.textContent = full
        ? `${points(part.earned)}/${points(full)}`
        : part.undecided
          ? fill(t.undecided_n, { n: part.undecided })
          : "✓";
      chip.classList.toggle("has-loss", lost > 0);
    }
  }

  count(done, all) {
    this.progress.textContent = fill(this.texts.progress, { done, all });
    this.bar.style.width = `${all ? (done / all) * 100 : 0}%`;
  }

  pressed(id) {
    for (const [each, { chip }] of this.chips) {
      chip.setAttribute("aria-pressed", String(each === id));
    }
  }

  /** Say what became of the latest changes; never "saved" before the server said so. */
  status(outbox) {
    const { texts: t } = this;
    const n = outbox.entries.filter((entry) => !entry.held).length;
    const stale = outbox.entries.length - n;
    let state = "saved";
    let text = outbox.savedAt
      ? fill(t.saved_at, { time: outbox.savedAt.toTimeString().slice(0, 8) })
      : t.saved;
    if (n && outbox.problem === "offline") [state, text] = ["waiting", fill(t.offline, { n })];
    else if (n && outbox.problem === "signed-out") [state, text] = ["lost", fill(t.signed_out, { n })];
    else if (n && outbox.problem === "server") [state, text] = ["waiting", fill(t.server_busy, { n })];
    else if (n) [state, text] = ["saving", fill(t.saving, { n })];
    else if (stale) [state, text] = ["lost", fill(t.stale_left, { n: stale })];
    this.saved.dataset.state = state;
    if (this.said === text) return;
    this.said = text;
    this.saved.textContent = text;
    if (state === "lost" && outbox.problem === "signed-out") {
      const back = encodeURIComponent(location.pathname + location.search);
      this.saved.append(" ", el("a", { href: `/sign-in?next=${back}` }, t.sign_in));
    }
  }
}
