// The list of items by section: one row an item, a radio group of results in each.

class Checklist {
  /** `heard`: focused(item), chosen(item, result), filtered(). */
  constructor(filters, rows, data, heard) {
    this.data = data;
    this.texts = data.texts;
    this.heard = heard;
    this.rows = new Map();
    this.order = [];
    this.headers = [];
    this.filter = "all";
    this.dimension = null;
    this.pane = rows;
    this.buildFilters(filters);
    for (const section of data.sections) this.buildSection(section);
    this.none = el("p", { class: "empty", hidden: true }, this.texts.filter_empty);
    rows.append(this.none);
  }

  // --- building ------------------------------------------------------------------------------

  buildFilters(root) {
    const t = this.texts;
    const names = ["all", "open", "proposed", "failed", "veto"];
    this.filterButtons = Object.fromEntries(
      names.map((name) => [
        name,
        el(
          "button",
          { type: "button", class: "filter", onclick: () => this.setFilter(name) },
          t[`filter_${name}`],
          el("b", {}),
        ),
      ]),
    );
    this.nextButton = el(
      "button",
      { type: "button", class: "next-open", title: t.next_open_title, onclick: () => this.nextOpen() },
      t.next_open,
      el("kbd", {}, "N"),
    );
    root.append(
      el("div", { class: "filter-group", role: "group", "aria-label": t.filter }, ...Object.values(this.filterButtons)),
      this.nextButton,
    );
  }

  buildSection(section) {
    const summary = el("span", { class: "section-summary" });
    const header = el(
      "div",
      { class: "section", role: "heading", "aria-level": "2" },
      el("span", { class: "section-title" }, section.title),
      section.when ? el("span", { class: "section-when", title: section.when }, section.when) : null,
      summary,
    );
    this.headers.push({ section, header, summary });
    this.pane.append(header);
    for (const item of section.items) {
      const row = this.buildRow(item);
      this.rows.set(item.id, row);
      this.order.push(item.id);
      this.pane.append(row.root);
    }
  }

  buildRow(item) {
    const segments = this.data.results.map((result) =>
      el(
        "button",
        {
          type: "button",
          role: "radio",
          class: "segment",
          "data-result": result.key,
          "aria-checked": "false",
          "aria-label": result.label,
          title: `${result.digit} ${result.label}`,
          tabindex: "-1",
          onclick: (event) => {
            event.stopPropagation();
            this.focus(item.id, false);
            this.heard.chosen(item.id, result.key);
          },
        },
        result.short,
      ),
    );
    const group = el(
      "div",
      { class: "segments", role: "radiogroup", "aria-label": `${item.id} ${item.title}` },
      ...segments,
    );
    const badge = el("span", { class: "proposal-badge", hidden: true });
    const deduction = el("span", { class: "deduction" });
    const marks = el("span", { class: "marks" });
    const root = el(
      "div",
      { class: "row", "data-item": item.id, onclick: () => this.focus(item.id) },
      el("span", { class: "item-id" }, item.id),
      el(
        "span",
        { class: "item-title", title: item.title },
        item.veto ? el("span", { class: "veto-tag", title: this.texts.veto_tag }, this.texts.filter_veto) : null,
        item.title,
      ),
      badge,
      group,
      deduction,
      marks,
    );
    const alert = el("div", { class: "row-alert", role: "alert", hidden: true });
    root.append(alert);
    return { item, root, group, segments, badge, deduction, marks, alert };
  }

  // --- showing -------------------------------------------------------------------------------

  /** Draw one row from its score, proposal and pins. */
  draw(id, { score, proposal, pins, isWaiting }) {
    const row = this.rows.get(id);
    const result = score?.result ?? "undecided";
    row.score = score;
    row.proposal = proposal;
    row.root.dataset.result = score ? result : "none";
    row.root.classList.toggle("is-waiting", Boolean(isWaiting));
    for (const segment of row.segments) {
      const isChosen = Boolean(score) && segment.dataset.result === result;
      segment.setAttribute("aria-checked", String(isChosen));
      segment.setAttribute("aria-disabled", String(this.data.sheet.read_only));
    }
    this.rove(row);
    const lost = Number(score?.deduction ?? 0);
    row.deduction.replaceChildren(
      el("b", {}, lost ? `−${points(lost)}` : ""),
      el("small", {}, Number(row.item.points) ? ` ${points(row.item.points)}` : ""),
    );
    row.deduction.title = fill(this.texts.deduction_title, {
      lost: points(lost),
      points: points(row.item.points),
    });
    this.drawBadge(row);
    const marks = [];
    if (score?.comment) marks.push(el("span", { class: "mark", title: score.comment }, icon("note")));
    if (pins.length) {
      const label = fill(this.texts.pins_n, { n: pins.length });
      marks.push(el("span", { class: "mark", title: label }, icon("pin"), String(pins.length)));
    }
    row.marks.replaceChildren(...marks);
  }

  drawBadge(row) {
    const { proposal, badge } = row;
    badge.hidden = !proposal;
    if (!proposal) return;
    const word = this.data.results.find((each) => each.key === proposal.result)?.short ?? "";
    const isSame = row.score?.result === proposal.result;
    badge.dataset.result = proposal.result;
    badge.classList.toggle("is-taken", isSame);
    const lost = Number(proposal.deduction);
    badge.replaceChildren(icon("robot"), word, el("span", { class: "lost" }, lost ? ` −${points(lost)}` : ""));
    badge.title = fill(this.texts.proposal_title, { result: word });
  }

  rove(row) {
    const chosen = row.segments.find((each) => each.getAttribute("aria-checked") === "true");
    for (const segment of row.segments) segment.tabIndex = -1;
    (chosen ?? row.segments[0]).tabIndex = 0;
  }

  warn(id, ...content) {
    const { alert } = this.rows.get(id);
    alert.replaceChildren(...content);
    alert.hidden = content.length === 0;
  }

  /** Figures of sections and filters. */
  summarise() {
    const t = this.texts;
    const rows = [...this.rows.values()];
    const isOpen = (row) => !row.score || row.score.result === "undecided";
    for (const { section, summary } of this.headers) {
      const own = section.items.map((item) => this.rows.get(item.id));
      const lost = own.reduce((sum, row) => sum + Number(row.score?.deduction ?? 0), 0);
      const done = own.filter((row) => !isOpen(row)).length;
      summary.replaceChildren(
        lost ? el("span", { class: "lost" }, `−${points(lost)}`) : "",
        Number(section.points) ? fill(t.section_points, { n: points(section.points) }) : "",
        el("span", { class: done === own.length ? "complete" : "" }, `${done}/${own.length}`),
      );
    }
    const counts = {
      all: rows.length,
      open: rows.filter(isOpen).length,
      proposed: rows.filter((row) => row.proposal).length,
      failed: rows.filter((row) => ["partly_met", "not_met"].includes(row.score?.result)).length,
      veto: rows.filter((row) => row.item.veto).length,
    };
    for (const [name, button] of Object.entries(this.filterButtons)) {
      button.querySelector("b").textContent = String(counts[name]);
      button.setAttribute("aria-pressed", String(name === this.filter));
      button.hidden = name === "veto" && !counts.veto;
    }
    return { done: counts.all - counts.open, all: counts.all };
  }

  // --- filter --------------------------------------------------------------------------------

  setFilter(name) {
    this.filter = name;
    this.apply();
  }

  setDimension(ids) {
    this.dimension = ids;
    this.apply();
  }

  isShown(row) {
    if (this.dimension && !this.dimension.includes(row.item.dimension)) return false;
    const result = row.score?.result;
    if (this.filter === "open") return !row.score || result === "undecided";
    if (this.filter === "proposed") return Boolean(row.proposal);
    if (this.filter === "failed") return result === "partly_met" || result === "not_met";
    if (this.filter === "veto") return row.item.veto;
    return true;
  }

  /** Rows are filtered when the filter is set, not while one works in them. */
  apply() {
    let shown = 0;
    for (const row of this.rows.values()) {
      row.root.hidden = !this.isShown(row);
      if (!row.root.hidden) shown += 1;
    }
    for (const { section, header } of this.headers) {
      header.hidden = section.items.every((item) => this.rows.get(item.id).root.hidden);
    }
    this.none.hidden = shown > 0;
    this.summarise();
    this.heard.filtered();
  }

  get shown() {
    return this.order.filter((id) => !this.rows.get(id).root.hidden);
  }

  // --- moving --------------------------------------------------------------------------------

  /** Make an item the current one; `grab` moves the keyboard focus into its row. */
  focus(id, grab = true) {
    const row = this.rows.get(id);
    if (!row) return;
    if (this.current && this.current !== id) {
      this.rows.get(this.current).root.classList.remove("is-current");
    }
    this.current = id;
    if (row.root.hidden) {
      this.dimension = null;
      this.setFilter("all");
    }
    row.root.classList.add("is-current");
    if (grab) {
      row.segments.find((segment) => segment.tabIndex === 0).focus({ preventScroll: true });
    }
    row.root.scrollIntoView({ block: "nearest" });
    this.heard.focused(id);
  }

  step(by) {
    const shown = this.shown;
    const at = shown.indexOf(this.current);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) this.focus(next);
  }

  across(by) {
    const { segments } = this.rows.get(this.current);
    const at = segments.findIndex((segment) => segment.matches(":focus"));
    const to = segments[(at + by + segments.length) % segments.length];
    for (const segment of segments) segment.tabIndex = segment === to ? 0 : -1;
    to.focus();
  }

  nextOpen() {
    const at = this.order.indexOf(this.current);
    const around = [...this.order.slice(at + 1), ...this.order.slice(0, at + 1)];
    const open = around.find((id) => {
      const { score } = this.rows.get(id);
      return !score || score.result === "undecided";
    });
    if (open) this.focus(open);
    return Boolean(open);
  }
}
