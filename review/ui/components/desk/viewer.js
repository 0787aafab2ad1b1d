// The case file's pages: outline by paper, page image, zoom, evidence boxes, marking a place.

const ZOOM_STEP = 1.2;
const ZOOM_LEAST = 0.3;
const ZOOM_MOST = 4;
const DRAG_LEAST = 5; // CSS pixels; less is a click

class Viewer {
  /** `heard.marked(mark)` tells that a place was marked, or (null) that it is no longer. */
  constructor(root, data, heard) {
    this.texts = data.texts;
    this.pages = data.pages;
    this.documents = data.documents;
    this.heard = heard;
    this.index = -1;
    this.zoom = 1;
    this.fit = localStorage.getItem("case-review.fit") ?? "width";
    this.lines = new Map(); // page id -> promise of its lines
    this.evidence = null;
    this.mark = null;
    this.pins = [];
    this.build(root);
    new ResizeObserver(() => this.scale()).observe(this.stage);
    if (this.pages.length) this.show(0);
    else this.stage.replaceChildren(el("p", { class: "empty" }, this.texts.no_pages));
  }

  get page() {
    return this.pages[this.index];
  }

  build(root) {
    const t = this.texts;
    this.number = el("input", {
      class: "number",
      type: "text",
      inputmode: "numeric",
      "aria-label": t.page_number,
      onchange: () => this.show(Number.parseInt(this.number.value, 10) - 1),
    });
    this.title = el("span", { class: "paper-title" });
    this.percent = el("span", { class: "percent" });
    this.fits = {
      width: iconButton("width", t.fit_width, () => this.fitTo("width")),
      page: iconButton("page", t.fit_page, () => this.fitTo("page")),
    };
    this.outlineSwitch = iconButton("outline", t.outline, () => this.toggleOutline());
    const bar = el(
      "div",
      { class: "bar" },
      this.outlineSwitch,
      iconButton("previous", t.previous_page, () => this.turn(-1)),
      this.number,
      el("span", { class: "of" }, `/ ${this.pages.length}`),
      iconButton("next", t.next_page, () => this.turn(1)),
      this.title,
      this.fits.width,
      this.fits.page,
      iconButton("minus", t.zoom_out, () => this.zoomBy(1 / ZOOM_STEP)),
      this.percent,
      iconButton("plus", t.zoom_in, () => this.zoomBy(ZOOM_STEP)),
    );
    this.outline = el("nav", { class: "outline", "aria-label": t.outline });
    this.thumbs = [];
    for (const paper of this.documents) this.outline.append(this.outlineOf(paper));
    this.image = el("img", { class: "image", draggable: "false" });
    this.typed = el("div", { class: "typed" });
    this.overlay = el("div", { class: "overlay" });
    this.paper = el("div", { class: "paper" }, this.image, this.typed, this.overlay);
    this.offer = el("div", { class: "offer", hidden: true });
    this.stage = el("div", { class: "stage", tabindex: "0", "aria-label": t.page_area }, this.paper);
    this.stage.addEventListener("keydown", (event) => this.keys(event));
    this.overlay.addEventListener("pointerdown", (event) => this.drag(event));
    this.body = el("div", { class: "viewer-body" }, this.outline, this.stage);
    root.append(bar, this.body, this.offer);
    this.setOutline(localStorage.getItem("case-review.outline") !== "closed");
  }

  outlineOf(paper) {
    const pages = this.pages
      .map((page, index) => ({ page, index }))
      .filter(({ page }) => page.document === paper.id);
    const thumbs = pages.map(({ page, index }) => {
      const picture = page.thumb
        ? el("img", { src: page.thumb, alt: "", loading: "lazy", width: 66, height: 93 })
        : el("span", { class: "no-thumb" }, "DOCX");
      const thumb = el(
        "button",
        {
          type: "button",
          class: "thumb",
          "aria-label": fill(this.texts.page_n, { n: index + 1 }),
          onclick: () => this.show(index),
        },
        picture,
        el("span", {}, String(index + 1)),
      );
      this.thumbs[index] = thumb;
      return thumb;
    });
    return el(
      "div",
      { class: "outline-paper" },
      el(
        "button",
        {
          type: "button",
          class: "outline-title",
          title: paper.title,
          onclick: () => pages.length && this.show(pages[0].index),
        },
        paper.title,
      ),
      el("div", { class: "thumbs" }, ...thumbs),
    );
  }

  toggleOutline() {
    this.setOutline(this.outline.hidden);
    localStorage.setItem("case-review.outline", this.outline.hidden ? "closed" : "open");
  }

  setOutline(isOpen) {
    this.outline.hidden = !isOpen;
    this.outlineSwitch.setAttribute("aria-pressed", String(isOpen));
  }

  turn(by) {
    this.show(this.index + by);
  }

  /** Show the page of that position, from 0; out of range stays where it is. */
  show(index, evidence = null) {
    if (!Number.isInteger(index) || !this.pages[index]) {
      this.number.value = String(this.index + 1);
      return;
    }
    const isSame = index === this.index;
    this.index = index;
    this.evidence = evidence;
    this.unmark();
    this.number.value = String(index + 1);
    if (!isSame) this.load();
    this.draw();
    for (const thumb of this.thumbs) thumb?.removeAttribute("aria-current");
    const current = this.thumbs[index];
    if (current) {
      current.setAttribute("aria-current", "page");
      current.scrollIntoView({ block: "nearest" });
    }
    for (const near of [index + 1, index - 1, index + 2]) {
      const address = this.pages[near]?.view;
      if (address) new Image().src = address;
    }
  }

  load() {
    const page = this.page;
    this.title.textContent = page.title;
    this.title.title = page.title;
    this.stage.scrollTop = 0;
    const isTyped = !page.view;
    this.image.hidden = isTyped;
    this.overlay.hidden = isTyped;
    this.typed.hidden = !isTyped;
    this.paper.classList.toggle("is-typed", isTyped);
    if (isTyped) {
      this.typed.replaceChildren();
      this.linesOf(page).then((lines) => {
        if (this.page !== page) return;
        this.typed.replaceChildren(...lines.map((line) => el("p", {}, line.text)));
        this.draw();
      });
    } else {
      this.image.alt = fill(this.texts.page_n, { n: this.index + 1 });
      this.image.src = page.view;
    }
    this.scale();
  }

  /** The lines of a page with their boxes; an empty list where they cannot be had now. */
  linesOf(page) {
    if (!this.lines.has(page.id)) {
      const asked = fetch(`/page/${page.id}/text`, { credentials: "same-origin" })
        .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
        .then((told) => told.lines)
        .catch(() => {
          this.lines.delete(page.id);
          return [];
        });
      this.lines.set(page.id, asked);
    }
    return this.lines.get(page.id);
  }

  // --- size ----------------------------------------------------------------------------------

  fitTo(what) {
    this.fit = what;
    localStorage.setItem("case-review.fit", what);
    this.scale();
  }

  zoomBy(factor) {
    this.zoom = Math.min(ZOOM_MOST, Math.max(ZOOM_LEAST, this.zoom * factor));
    this.fit = "free";
    this.scale();
  }

  /** Set the width of the paper; at 100 % a point is 4/3 CSS pixels, as on paper. */
  scale() {
    const page = this.page;
    if (!page || !this.stage.clientWidth) return;
    const room = { width: this.stage.clientWidth - 24, height: this.stage.clientHeight - 20 };
    const natural = { width: (page.width * 4) / 3 || 794, height: (page.height * 4) / 3 || 1123 };
    if (this.fit === "width") this.zoom = room.width / natural.width;
    if (this.fit === "page") {
      this.zoom = Math.min(room.width / natural.width, room.height / natural.height);
    }
    this.paper.style.width = `${natural.width * this.zoom}px`;
    if (page.view) this.paper.style.aspectRatio = `${natural.width} / ${natural.height}`;
    else this.paper.style.aspectRatio = "auto";
    this.percent.textContent = `${Math.round(this.zoom * 100)}%`;
    for (const [name, button] of Object.entries(this.fits)) {
      button.setAttribute("aria-pressed", String(name === this.fit));
    }
  }

  // --- evidence ------------------------------------------------------------------------------

  /** Jump to a place of evidence and show its words. */
  showEvidence(place) {
    const index = this.pages.findIndex((page) => page.id === place.page_id);
    if (index < 0) return false;
    this.show(index, place);
    return true;
  }

  showPins(pins) {
    this.pins = pins;
    this.draw();
  }

  draw() {
    const page = this.page;
    if (!page) return;
    const shapes = [];
    for (const pin of this.pins) {
      if (pin.page_id === page.id && pin.box) shapes.push(this.shape(pin.box, "pinned"));
    }
    for (const box of this.evidence?.boxes ?? []) shapes.push(this.shape(box, "evidence"));
    if (this.mark?.box) shapes.push(this.shape(this.mark.box, "marked"));
    this.overlay.replaceChildren(...shapes);
    if (!page.view) this.drawTyped();
    const first = shapes.find((shape) => shape.classList.contains("evidence"));
    if (first) requestAnimationFrame(() => this.reveal(first));
  }

  /** DOCX has no boxes: the lines that hold the quoted words are shown. */
  drawTyped() {
    const quote = this.evidence?.quote ?? "";
    let first = null;
    for (const line of this.typed.children) {
      const text = line.textContent;
      const holds = quote && text && (text.includes(quote) || quote.includes(text));
      line.classList.toggle("evidence", Boolean(holds));
      if (holds) first ??= line;
    }
    first?.scrollIntoView({ block: "center" });
  }

  shape(box, kind) {
    const { width, height } = this.page;
    const [left, top, right, bottom] = box;
    const pad = kind === "evidence" ? 2 : 0;
    const style = [
      `left:${((left - pad) / width) * 100}%`,
      `top:${((top - pad) / height) * 100}%`,
      `width:${((right - left + 2 * pad) / width) * 100}%`,
      `height:${((bottom - top + 2 * pad) / height) * 100}%`,
    ].join(";");
    return el("div", { class: `box ${kind}`, style });
  }

  reveal(shape) {
    const stage = this.stage.getBoundingClientRect();
    const place = shape.getBoundingClientRect();
    this.stage.scrollTop += place.top - stage.top - stage.height / 3;
    this.stage.scrollLeft += Math.min(0, place.left - stage.left - 20);
  }

  // --- marking a place -----------------------------------------------------------------------

  unmark() {
    if (!this.mark) return;
    this.mark = null;
    this.heard.marked(null);
  }

  /** Drag a box, or click a line; the words inside become the quote. */
  drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.stage.focus({ preventScroll: true });
    const area = this.overlay.getBoundingClientRect();
    const at = (e) => [
      ((e.clientX - area.left) / area.width) * this.page.width,
      ((e.clientY - area.top) / area.height) * this.page.height,
    ];
    const start = at(event);
    const moved = (e) =>
      Math.hypot(e.clientX - event.clientX, e.clientY - event.clientY) >= DRAG_LEAST;
    let box = null;
    const onMove = (e) => {
      if (!moved(e)) return;
      const end = at(e);
      const x = [start[0], end[0]].sort((a, b) => a - b);
      const y = [start[1], end[1]].sort((a, b) => a - b);
      box = [
        Math.max(0, x[0]),
        Math.max(0, y[0]),
        Math.min(this.page.width, x[1]),
        Math.min(this.page.height, y[1]),
      ].map((value) => Math.round(value * 10) / 10);
      this.mark = { page_id: this.page.id, box, quote: "" };
      this.draw();
    };
    const onUp = () => {
      this.overlay.removeEventListener("pointermove", onMove);
      this.finishMark(box, start);
    };
    this.overlay.setPointerCapture(event.pointerId);
    this.overlay.addEventListener("pointermove", onMove);
    this.overlay.addEventListener("pointerup", onUp, { once: true });
    this.overlay.addEventListener("pointercancel", onUp, { once: true });
  }

  async finishMark(box, at) {
    const page = this.page;
    const lines = (await this.linesOf(page)).filter((line) => line.box);
    if (this.page !== page) return;
    if (!box) {
      const line = lines.find(
        ({ box: [left, top, right, bottom] }) =>
          at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom,
      );
      if (!line) {
        this.unmark();
        this.draw();
        return;
      }
      this.mark = { page_id: page.id, box: line.box, quote: line.text };
    } else {
      const inside = lines.filter(({ box: [left, top, right, bottom] }) => {
        const x = (left + right) / 2;
        const y = (top + bottom) / 2;
        return y >= box[1] && y <= box[3] && right > box[0] && left < box[2] && x > 0;
      });
      const quote = inside.map((line) => line.text).join("").slice(0, 500);
      this.mark = { page_id: page.id, box, quote };
    }
    this.draw();
    this.heard.marked(this.mark);
  }

  keys(event) {
    const turns = { PageDown: 1, PageUp: -1 };
    if (event.key in turns && !event.ctrlKey) {
      event.preventDefault();
      this.turn(turns[event.key]);
    }
  }
}
