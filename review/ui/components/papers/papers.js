// The papers of a case file as bands of small pages. A click chooses a page (Ctrl or Shift: more of
// them), a click on a band chooses the paper, scissors between two pages split it there, and chosen
// pages can be dragged to another band. What is done with them is asked of the server.

const boards = new WeakMap();

function make(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

class Board {
  constructor(root) {
    this.root = root;
    this.chosen = [];
    this.paper = null;
    this.anchor = null;
  }

  update({ data, setStateValue, setTriggerValue }) {
    this.data = data;
    this.tellState = setStateValue;
    this.tell = setTriggerValue;
    const there = new Set(data.papers.flatMap((paper) => paper.pages.map((page) => page.id)));
    this.chosen = this.chosen.filter((id) => there.has(id));
    if (this.version !== data.version) {
      this.version = data.version;
      this.chosen = [];
      this.paper = null;
    }
    this.draw();
  }

  draw() {
    const { papers, texts } = this.data;
    this.root.replaceChildren(...papers.map((paper) => this.band(paper, papers.length, texts)));
  }

  band(paper, count, texts) {
    const band = make("section", "paper");
    band.setAttribute("role", "listitem");
    band.classList.toggle("is-chosen", this.paper === paper.index);
    const head = make("div", "paper-head");
    head.tabIndex = 0;
    head.setAttribute("role", "button");
    head.setAttribute("aria-pressed", String(this.paper === paper.index));
    head.addEventListener("click", () => this.choosePaper(paper));
    head.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === head) this.choosePaper(paper);
    });
    const sure = make("span", "paper-sure", paper.sure);
    sure.classList.toggle("is-doubtful", paper.is_doubtful);
    sure.title = paper.reason;
    head.append(
      make("span", "paper-number", `${paper.index + 1}`),
      make("span", "paper-kind", paper.kind),
      make("span", "paper-title", paper.title === paper.kind ? "" : paper.title),
      sure,
    );
    if (this.data.can_edit) {
      const first = paper.index === 0;
      const last = paper.index === count - 1;
      head.append(
        this.action(texts.join, first, { action: "join", paper: paper.index - 1, other: paper.index }),
        this.action("↑", first, { action: "reorder", paper: paper.index, to: paper.index - 1 }, texts.up),
        this.action("↓", last, { action: "reorder", paper: paper.index, to: paper.index + 1 }, texts.down),
      );
    }
    const pages = make("div", "pages");
    pages.append(...paper.pages.map((page, place) => this.leaf(page, place, texts)));
    band.append(head, pages);
    this.droppable(band, paper);
    return band;
  }

  action(text, isDisabled, act, label = "") {
    const button = make("button", "", text);
    button.type = "button";
    button.disabled = isDisabled;
    if (label) {
      button.title = label;
      button.setAttribute("aria-label", label);
    }
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.tell("act", act);
    });
    return button;
  }

  leaf(page, place, texts) {
    const leaf = make("div", `leaf${place === 0 ? " is-first" : ""}`);
    if (this.data.can_edit) {
      const cut = make("button", "cut", "✂");
      cut.type = "button";
      cut.title = texts.cut;
      cut.setAttribute("aria-label", `${texts.cut} ${page.label}`);
      cut.tabIndex = place === 0 ? -1 : 0;
      cut.addEventListener("click", () => this.tell("act", { action: "split", page: page.id }));
      leaf.append(cut);
    }
    const button = make("button", "page");
    button.type = "button";
    button.dataset.page = page.id;
    button.classList.toggle("is-chosen", this.chosen.includes(page.id));
    button.setAttribute("aria-pressed", String(this.chosen.includes(page.id)));
    button.title = page.place;
    if (page.thumb) {
      const image = make("img", "");
      image.src = page.thumb;
      image.alt = page.place;
      image.loading = "lazy";
      image.draggable = false;
      button.append(image);
    } else {
      button.append(make("div", "blank", page.words));
    }
    button.append(make("span", "", page.label));
    button.addEventListener("click", (event) => this.choosePage(page.id, event));
    if (this.data.can_edit) {
      button.draggable = true;
      button.addEventListener("dragstart", (event) => {
        if (!this.chosen.includes(page.id)) this.chosen = [page.id];
        event.dataTransfer.setData("text/plain", JSON.stringify(this.chosen));
        event.dataTransfer.effectAllowed = "move";
      });
    }
    leaf.append(button);
    return leaf;
  }

  droppable(band, paper) {
    if (!this.data.can_edit) return;
    band.addEventListener("dragover", (event) => {
      event.preventDefault();
      band.classList.add("is-target");
    });
    band.addEventListener("dragleave", () => band.classList.remove("is-target"));
    band.addEventListener("drop", (event) => {
      event.preventDefault();
      band.classList.remove("is-target");
      if (this.chosen.length) {
        this.tell("act", { action: "move", pages: this.chosen, paper: paper.index });
      }
    });
  }

  choosePage(id, event) {
    const order = this.data.papers.flatMap((paper) => paper.pages.map((page) => page.id));
    if (event.shiftKey && this.anchor !== null && order.includes(this.anchor)) {
      const [from, to] = [order.indexOf(this.anchor), order.indexOf(id)].sort((a, b) => a - b);
      this.chosen = order.slice(from, to + 1);
    } else if (event.ctrlKey || event.metaKey) {
      const has = this.chosen.includes(id);
      this.chosen = has ? this.chosen.filter((each) => each !== id) : [...this.chosen, id];
      this.anchor = id;
    } else {
      this.chosen = [id];
      this.anchor = id;
    }
    this.paper = null;
    this.say(id);
  }

  choosePaper(paper) {
    this.paper = paper.index;
    this.chosen = [];
    this.say(paper.pages[0]?.id ?? null);
  }

  say(look) {
    this.draw();
    const { version } = this.data;
    this.tellState("chosen", { version, pages: this.chosen, paper: this.paper, look });
  }
}

export default function mount(component) {
  const root = component.parentElement.querySelector('[data-part="papers"]');
  if (!boards.has(root)) boards.set(root, new Board(root));
  boards.get(root).update(component);
}
