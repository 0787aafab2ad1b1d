// The review desk: viewer and checklist side by side, and what one does to the other.

const SPLIT_KEY = "case-review.split";
const desks = new WeakMap();

class Desk {
  constructor(root, data, tell) {
    this.root = root;
    this.data = data;
    this.tell = tell;
    document.documentElement.lang = data.language === "en" ? "en" : "zh-CN";
    this.scores = new Map(Object.entries(data.scores));
    this.acknowledged = new Map(
      Object.entries(data.scores).map(([id, score]) => [id, { ...score }]),
    );
    this.items = new Map(
      data.sections.flatMap((section) => section.items).map((item) => [item.id, item]),
    );
    this.pins = data.pins;
    this.totals = data.totals;
    this.evidenceAt = -1;
    this.mark = null;
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.splitter = part("splitter");
    this.panes = part("panes");
    this.spoken = part("spoken");
    this.viewer = new Viewer(part("viewer"), data, { marked: (mark) => this.marked(mark) });
    this.strip = new Strip(part("strip"), data, {
      help: () => this.dialogs.help(),
      submit: () => this.askSubmit(),
      dimension: (dimension) => this.showDimension(dimension),
    });
    this.inspector = new Inspector(part("inspector"), data, {
      changed: (patch) => this.change(this.current, patch),
      comment: (id, comment) => this.change(id, { comment }),
      accept: () => this.accept(),
      reject: () => this.reject(),
      evidence: (place) => this.viewer.showEvidence(place),
      pin: () => this.pin(),
      unpin: (pin) => this.unpin(pin),
    });
    this.dialogs = new Dialogs(root, data, {
      go: (id) => this.checklist.focus(id),
      handIn: (overall) => this.handIn(overall),
    });
    this.checklist = new Checklist(part("filters"), part("rows"), data, {
      focused: (id) => this.focused(id),
      chosen: (id, result) => this.choose(id, result),
      filtered: () => {},
    });
    this.words = Object.fromEntries(data.results.map((each) => [each.key, each.word]));
    this.outbox = new Outbox(data.urls.score, data.user, data.sheet.id, this.words, {
      saved: (entry, receipt) => this.saved(entry, receipt),
      stale: (entry, told) => this.stale(entry, told),
      refused: (entry, told) => this.refused(entry, told),
      changed: () => this.outbox && this.strip.status(this.outbox),
    });
    for (const entry of this.outbox.entries) this.take(entry.item, entry.value);
    for (const id of this.items.keys()) this.drawRow(id);
    this.strip.total(this.totals);
    this.count();
    this.strip.status(this.outbox);
    this.layout();
    const first = [...this.items.keys()].find((id) => this.isOpen(id)) ?? this.items.keys().next().value;
    if (first) this.checklist.focus(first, false);
    this.stops = [listenToKeys(this), this.listen()];
    this.outbox.now();
  }

  get current() {
    return this.checklist.current;
  }

  listen() {
    const back = () => this.outbox.now();
    const leave = () => this.inspector.flush();
    const resized = () => this.size();
    window.addEventListener("online", back);
    window.addEventListener("focus", back);
    window.addEventListener("pagehide", leave);
    window.addEventListener("resize", resized);
    return () => {
      window.removeEventListener("online", back);
      window.removeEventListener("focus", back);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("resize", resized);
    };
  }

  close() {
    this.inspector.flush();
    this.outbox.close();
    for (const stop of this.stops) stop();
  }

  // --- size ----------------------------------------------------------------------------------

  layout() {
    this.size();
    requestAnimationFrame(() => this.size());
    const share = Number(localStorage.getItem(SPLIT_KEY)) || 45;
    this.split(share);
    this.splitter.setAttribute("aria-label", this.data.texts.splitter);
    this.splitter.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.splitter.setPointerCapture(event.pointerId);
      const area = this.panes.getBoundingClientRect();
      const onMove = (e) => this.split(((e.clientX - area.left) / area.width) * 100);
      this.splitter.addEventListener("pointermove", onMove);
      this.splitter.addEventListener(
        "pointerup",
        () => this.splitter.removeEventListener("pointermove", onMove),
        { once: true },
      );
    });
    this.splitter.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.split(Number(this.splitter.getAttribute("aria-valuenow")) + by);
    });
  }

  split(share) {
    const held = Math.round(Math.min(65, Math.max(25, share)));
    this.panes.style.setProperty("--share", `${held}%`);
    this.splitter.setAttribute("aria-valuenow", String(held));
    localStorage.setItem(SPLIT_KEY, String(held));
  }

  /** The desk takes what is left of the window below its own top edge. */
  size() {
    const top = this.root.getBoundingClientRect().top + window.scrollY;
    this.root.style.height = `${Math.max(480, window.innerHeight - top - 10)}px`;
    const [r, g, b] = getComputedStyle(this.root).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    this.root.dataset.theme = r + g + b < 384 ? "dark" : "light";
  }

  // --- items ---------------------------------------------------------------------------------

  isOpen(id) {
    const score = this.scores.get(id);
    return !score || score.result === "undecided";
  }

  pinsOf(id) {
    return this.pins.filter((pin) => pin.item === id);
  }

  drawRow(id) {
    this.checklist.draw(id, {
      score: this.scores.get(id),
      proposal: this.data.proposals[id],
      pins: this.pinsOf(id),
      isWaiting: this.outbox.waiting(id),
    });
  }

  drawInspector() {
    const id = this.current;
    if (!id) return;
    this.inspector.show(this.items.get(id), {
      score: this.scores.get(id),
      proposal: this.data.proposals[id],
      notes: this.data.trial_notes[id],
      pins: this.pinsOf(id),
      mark: this.mark,
    });
  }

  focused(id) {
    if (this.shownItem !== id) {
      this.shownItem = id;
      this.evidenceAt = -1;
    }
    this.drawInspector();
    this.viewer.showPins(this.pinsOf(id));
  }

  count() {
    const { done, all } = this.checklist.summarise();
    this.strip.count(done, all);
  }

  // --- scoring -------------------------------------------------------------------------------

  /** Score the current item; `moveOn` goes to the next row. */
  score(result, { moveOn }) {
    if (!this.current || this.data.sheet.read_only) {
      if (this.data.sheet.read_only) this.say(this.data.texts.is_read_only);
      return;
    }
    this.choose(this.current, result);
    if (moveOn) this.checklist.step(1);
  }

  choose(id, result) {
    const takes = result === "partly_met" || result === "not_met";
    this.change(id, takes ? { result } : { result, chosen: {} });
  }

  /** Change some of an item's score, show it, and send it. */
  change(id, patch, origin = "person") {
    if (this.data.sheet.read_only) return;
    const old = this.scores.get(id) ?? { result: "undecided", chosen: {}, comment: "", version: 0 };
    const { result, chosen, comment } = old;
    const value = { result, chosen, comment, ...patch, origin };
    this.take(id, value);
    this.checklist.warn(id);
    this.outbox.put(id, value, old.version);
    this.drawRow(id);
    if (id === this.current) this.drawInspector();
    this.count();
  }

  /** Hold a value as this person's own, acknowledged or not. */
  take(id, value) {
    const old = this.scores.get(id) ?? { version: 0, deduction: 0 };
    const takes = value.result === "partly_met" || value.result === "not_met";
    this.scores.set(id, { ...old, ...value, deduction: takes ? old.deduction : 0 });
  }

  saved(entry, receipt) {
    const id = entry.item;
    const score = this.scores.get(id);
    if (score) {
      score.version = receipt.version;
      if (!this.outbox.waiting(id)) score.deduction = receipt.deduction;
    }
    const { version, deduction } = receipt;
    this.acknowledged.set(id, { ...entry.value, version, deduction });
    this.totals = readTotals(receipt.totals, this.data);
    this.strip.total(this.totals);
    this.drawRow(id);
    if (id === this.current) this.drawInspector();
    this.count();
  }

  refused(entry, told) {
    const before = this.acknowledged.get(entry.item);
    if (before) this.scores.set(entry.item, { ...before });
    else this.scores.delete(entry.item);
    this.drawRow(entry.item);
    this.checklist.warn(entry.item, this.textOf(told));
    this.say(this.textOf(told));
    if (told.code === "SCO-001") {
      this.data.sheet.read_only = true;
      for (const id of this.items.keys()) this.drawRow(id);
    }
    this.drawInspector();
    this.count();
  }

  textOf(told) {
    return (this.data.language === "en" ? told.en : told.zh) ?? this.data.texts.failed;
  }

  /** A score as the server keeps it, with the kind of result instead of the stored word. */
  told(score) {
    if (!score) return { result: "undecided", chosen: {}, comment: "", version: 0, deduction: 0 };
    const kind = Object.keys(this.words).find((key) => this.words[key] === score.result);
    return { ...score, result: kind };
  }

  /** Somebody else changed the item: show both values and let the person choose. */
  stale(entry, told) {
    const t = this.data.texts;
    const theirs = this.told(told.details.value);
    const word = (key) => this.data.results.find((each) => each.key === key)?.label ?? key;
    const shown = (value) =>
      [word(value.result), value.comment ? `“${value.comment}”` : ""].filter(Boolean).join(" ");
    const settle = (value) => {
      this.outbox.drop(entry);
      this.outbox.versions.set(entry.item, theirs.version);
      this.scores.set(entry.item, { ...theirs });
      this.checklist.warn(entry.item);
      if (value) this.change(entry.item, value);
      else {
        this.drawRow(entry.item);
        this.drawInspector();
        this.count();
        this.strip.status(this.outbox);
      }
    };
    this.checklist.warn(
      entry.item,
      el("span", {}, fill(t.stale, { theirs: shown(theirs), mine: shown(entry.value) })),
      el("button", { type: "button", onclick: () => settle(entry.value) }, t.keep_mine),
      el("button", { type: "button", onclick: () => settle(null) }, t.take_theirs),
    );
    this.say(t.stale_spoken);
  }

  // --- proposals and evidence ----------------------------------------------------------------

  accept() {
    const proposal = this.data.proposals[this.current];
    if (!proposal || this.data.sheet.read_only) return;
    const { result, chosen } = proposal;
    this.change(this.current, { result, chosen: { ...chosen } }, "proposal");
    this.checklist.step(1);
  }

  /** Ask why the current proposal is not taken, and keep the reason; the score is given as ever. */
  reject() {
    const id = this.current;
    const proposal = this.data.proposals[id];
    if (!proposal || !isFault(proposal.result) || this.data.sheet.read_only) return;
    this.dialogs.reject(this.items.get(id), async (reason_key, reason) => {
      const { told, problem } = await this.ask(this.data.urls.reject, {
        sheet_id: this.data.sheet.id,
        item_id: id,
        reason_key,
        reason,
      });
      if (problem) return problem;
      proposal.rejected = told.reason;
      this.drawRow(id);
      if (id === this.current) this.drawInspector();
      return null;
    });
  }

  /** Items scored without a fault against the machine's proposal, without a reason or a comment. */
  unreasoned() {
    return [...this.items.values()].filter((item) => {
      const proposal = this.data.proposals[item.id];
      const score = this.scores.get(item.id);
      if (!proposal || !isFault(proposal.result) || proposal.rejected) return false;
      return score && score.result !== "undecided" && !isFault(score.result) && !score.comment;
    });
  }

  /** Show the current item's evidence, one place after the other: the proposal's, then the pins. */
  nextEvidence() {
    const places = [
      ...(this.data.proposals[this.current]?.evidence ?? []),
      ...this.pinsOf(this.current),
    ].filter((place) => place.page_id);
    if (!places.length) {
      this.say(this.data.texts.no_evidence);
      return;
    }
    this.evidenceAt = (this.evidenceAt + 1) % places.length;
    this.viewer.showEvidence(places[this.evidenceAt]);
  }

  marked(mark) {
    this.mark = mark;
    this.drawInspector();
  }

  async ask(url, body) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Requested-By": "case-review" },
        body: JSON.stringify(body),
        credentials: "same-origin",
      });
      const told = await response.json();
      return response.ok ? { told } : { problem: this.textOf(told), told };
    } catch {
      return { problem: this.data.texts.not_reached };
    }
  }

  /** Pin the marked place, or the page that is shown, to the current item. */
  async pin() {
    const { page } = this.viewer;
    const item = this.current;
    if (!page || !item || this.data.sheet.read_only) return;
    const place = this.mark ?? { page_id: page.id, box: null, quote: "" };
    const { told, problem } = await this.ask(this.data.urls.pin, {
      sheet_id: this.data.sheet.id,
      item_id: item,
      page_id: place.page_id,
      box: place.box,
      quote: place.quote,
      note: "",
    });
    if (problem) {
      this.say(problem);
      return;
    }
    this.pins = [
      ...this.pins,
      {
        id: told.id,
        item,
        page_id: place.page_id,
        number: this.viewer.pages.findIndex((each) => each.id === place.page_id) + 1,
        boxes: place.box ? [place.box] : [],
        box: place.box,
        quote: place.quote,
      },
    ];
    this.viewer.unmark();
    this.drawRow(item);
    this.focused(this.current);
  }

  async unpin(pin) {
    const { problem } = await this.ask(this.data.urls.unpin, {
      sheet_id: this.data.sheet.id,
      pin_id: pin.id,
    });
    if (problem) {
      this.say(problem);
      return;
    }
    this.pins = this.pins.filter((each) => each.id !== pin.id);
    this.drawRow(pin.item);
    this.focused(this.current);
  }

  showDimension(dimension) {
    const isOn = this.checklist.dimension === dimension.members;
    this.checklist.setDimension(isOn ? null : dimension.members);
    this.strip.pressed(isOn ? null : dimension.id);
  }

  // --- handing in ----------------------------------------------------------------------------

  askSubmit() {
    this.inspector.flush();
    this.dialogs.submit({
      open: [...this.items.values()].filter((item) => this.isOpen(item.id)),
      unreasoned: this.unreasoned(),
      waiting: this.outbox.count,
      totals: this.totals,
      overall: this.data.sheet.overall,
    });
  }

  /** Hand the sheet in; returns the text of what stood in the way, or null. */
  async handIn(overall) {
    if (this.outbox.count) return fill(this.data.texts.submit_waits, { n: this.outbox.count });
    const { problem } = await this.ask(this.data.urls.submit, {
      sheet_id: this.data.sheet.id,
      overall,
      seen_version: this.data.sheet.version,
    });
    if (problem) return problem;
    this.tell("submitted", this.data.sheet.id);
    return null;
  }

  say(text) {
    this.spoken.textContent = text;
    this.spoken.classList.add("is-shown");
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.spoken.classList.remove("is-shown"), 6000);
  }
}

/** Bring the server's totals into the form that is shown. */
function readTotals(totals, data) {
  const words = (text) => (text ? text[data.language] || text.zh : "");
  const parts = [...totals.groups, ...totals.dimensions].map((part) => [part.id, part]);
  return {
    score: totals.score,
    scale: totals.scale,
    grade: words(totals.grade),
    veto: totals.veto,
    vetoes: totals.vetoes_confirmed.length ? totals.vetoes_confirmed : totals.vetoes_proposed,
    parts: Object.fromEntries(parts),
  };
}

/** Whether what runs in the browser shows the same as the new data would. */
function isSame(desk, data) {
  const old = desk.data;
  return (
    old.sheet.id === data.sheet.id &&
    old.language === data.language &&
    old.sheet.read_only === data.sheet.read_only &&
    old.sheet.version === data.sheet.version
  );
}

export default function mount(component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector('[data-part="desk"]');
  const before = desks.get(root);
  if (before && isSame(before, data)) {
    // The page around ran again: the desk keeps its own, newer state.
    before.size();
    return () => desks.get(root)?.stop();
  }
  before?.stop();
  for (const part of root.querySelectorAll("[data-part]")) {
    if (part.dataset.part !== "panes" && part.dataset.part !== "sheet") part.replaceChildren();
  }
  const desk = new Desk(root, { ...data, totals: readTotals(data.totals, data) }, setTriggerValue);
  desk.stop = () => {
    desk.close();
    desks.delete(root);
  };
  desks.set(root, desk);
  return () => desks.get(root)?.stop();
}
