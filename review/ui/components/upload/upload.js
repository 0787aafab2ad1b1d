// Handing in case files: each goes up as it is, in pieces, with progress; then its import is
// followed until it ends. Two files at a time, so that a large one does not hold up the rest.

const AT_ONCE = 2;
const ASK_EVERY_MS = 1000;
const uploads = new WeakMap();

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

class Upload {
  constructor(root, data, tell) {
    this.data = data;
    this.tell = tell;
    this.queue = [];
    this.rows = new Map(); // job id -> row
    this.busy = 0;
    this.timer = null;
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.list = part("files");
    this.input = part("input");
    this.drop = part("drop");
    part("choose").addEventListener("click", () => this.input.click());
    this.input.addEventListener("change", () => {
      this.add(this.input.files);
      this.input.value = "";
    });
    this.drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.drop.classList.add("is-over");
    });
    this.drop.addEventListener("dragleave", () => this.drop.classList.remove("is-over"));
    this.drop.addEventListener("drop", (event) => {
      event.preventDefault();
      this.drop.classList.remove("is-over");
      this.add(event.dataTransfer.files);
    });
    this.label(part);
  }

  label(part) {
    const { texts } = this.data;
    part("title").textContent = texts.title;
    part("hint").textContent = texts.hint;
    part("choose").textContent = texts.choose;
    this.input.setAttribute("aria-label", texts.title);
  }

  add(files) {
    for (const file of files) this.queue.push(this.row(file));
    this.next();
  }

  row(file) {
    const make = (name, text = "") => {
      const made = document.createElement("span");
      made.className = name;
      made.textContent = text;
      return made;
    };
    const root = document.createElement("li");
    const state = make("file-state", this.data.texts.queued);
    const track = make("track");
    const bar = make("fill");
    bar.style.display = "block";
    track.append(bar);
    const name = make("file-name", file.name);
    name.title = file.name;
    root.className = "file";
    root.append(name, make("file-size", sizeText(file.size)), track, state);
    this.list.prepend(root);
    return { file, root, state, bar, caseNo: this.data.case_no };
  }

  show(row, kind, text, share = null) {
    row.root.dataset.state = kind;
    row.state.textContent = text;
    if (share !== null) row.bar.style.width = `${Math.round(share * 100)}%`;
  }

  next() {
    while (this.busy < AT_ONCE && this.queue.length) this.send(this.queue.shift());
  }

  send(row) {
    const { texts } = this.data;
    this.busy += 1;
    const request = new XMLHttpRequest();
    request.open("POST", this.data.url);
    request.setRequestHeader("X-Requested-By", "case-review");
    request.setRequestHeader("X-File-Name", encodeURIComponent(row.file.name));
    if (row.caseNo) request.setRequestHeader("X-Case-No", encodeURIComponent(row.caseNo));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => {
      const share = event.lengthComputable ? event.loaded / event.total : 0;
      const percent = Math.round(share * 100);
      this.show(row, "sending", fill(texts.sending, { percent }), share * 0.3);
    });
    request.addEventListener("loadend", () => {
      this.busy -= 1;
      this.answered(row, request);
      this.next();
    });
    this.show(row, "sending", fill(texts.sending, { percent: 0 }), 0);
    request.send(row.file);
  }

  answered(row, request) {
    let told = {};
    try {
      told = JSON.parse(request.responseText);
    } catch {
      // No answer of ours: the connection broke.
    }
    if (request.status === 202) {
      row.job = told.id;
      this.rows.set(told.id, row);
      this.follow(told);
      this.ask();
      return;
    }
    const words = this.data.language === "en" ? told.en : told.zh;
    this.show(row, "failed", words ?? this.data.texts.broken, 1);
  }

  /** Ask how far the imports are, until none is under way. */
  ask() {
    if (this.timer !== null) return;
    this.timer = setTimeout(async () => {
      this.timer = null;
      try {
        const response = await fetch(this.data.jobs_url, { credentials: "same-origin" });
        if (response.ok) for (const job of (await response.json()).jobs) this.follow(job);
      } catch {
        // Asked again below.
      }
      if (this.rows.size) this.ask();
    }, ASK_EVERY_MS);
  }

  follow(job) {
    const row = this.rows.get(job.id);
    if (!row) return;
    const { texts } = this.data;
    const isOver = ["done", "partly", "refused", "cancelled"].includes(job.state);
    const share = job.pages_total ? job.pages_done / job.pages_total : 0;
    const reason = this.data.language === "en" ? job.reason.en : job.reason.zh;
    const words = [texts.states[job.state] ?? job.state];
    if (job.state === "running") {
      words.push(texts.stages[job.stage] ?? "");
      if (job.pages_total) words.push(`${job.pages_done}/${job.pages_total}`);
    }
    if (isOver && reason) words.push(reason);
    this.show(row, job.state, words.filter(Boolean).join(" · "), isOver ? 1 : 0.3 + share * 0.65);
    if (!isOver) return;
    this.rows.delete(job.id);
    this.tell("finished", job.id);
  }
}

export default function mount({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector('[data-part="upload"]');
  const before = uploads.get(root);
  if (before) {
    before.data = data;
    before.tell = setTriggerValue;
    before.label((name) => root.querySelector(`[data-part="${name}"]`));
    return;
  }
  uploads.set(root, new Upload(root, data, setTriggerValue));
}
