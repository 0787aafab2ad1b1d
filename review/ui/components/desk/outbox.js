// Scores on their way to the server. Nothing is lost: an entry stays in this browser's storage
// under user and sheet until the server has acknowledged it, across reloads and broken networks.

const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 15000;
const KEEPALIVE_BYTES = 12000; // browsers allow 64 KB in flight for all such requests together
const IN_FLIGHT = 6;

class Outbox {
  /**
   * `heard` gets what happens: saved(entry, receipt), stale(entry, refusal),
   * refused(entry, refusal), changed(). One request an item is under way at a time, because each
   * carries the version that the one before it made. `words` maps kinds of result to stored words.
   */
  constructor(url, user, sheet, words, heard) {
    this.url = url;
    this.words = words;
    this.sheet = sheet;
    this.prefix = `case-review.outbox.${user}.${sheet}.`;
    this.heard = heard;
    this.entries = this.kept();
    this.sending = new Set();
    this.versions = new Map();
    this.problem = null; // null, "offline", "signed-out", "server"
    this.wait = RETRY_FIRST_MS;
    this.timer = null;
    this.savedAt = null;
  }

  /** The entries that an earlier page left behind, oldest first. */
  kept() {
    const found = [];
    for (let n = 0; n < localStorage.length; n += 1) {
      const key = localStorage.key(n);
      if (!key.startsWith(this.prefix)) continue;
      try {
        found.push(JSON.parse(localStorage.getItem(key)));
      } catch {
        localStorage.removeItem(key);
      }
    }
    return found.sort((a, b) => a.at - b.at || a.order - b.order);
  }

  get count() {
    return this.entries.length;
  }

  /** The newest value of an item that is not acknowledged yet, or undefined. */
  waiting(item) {
    return this.entries.findLast((entry) => entry.item === item);
  }

  /** Queue a value; a value of the same item that was not sent yet is replaced. */
  put(item, value, base) {
    this.entries = this.entries.filter((entry) => {
      const replaced = entry.item === item && !this.sending.has(entry.id);
      if (replaced) localStorage.removeItem(this.prefix + entry.id);
      return !replaced;
    });
    const entry = {
      id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`,
      item,
      value,
      base,
      at: Date.now(),
      order: this.entries.length,
    };
    this.entries.push(entry);
    try {
      localStorage.setItem(this.prefix + entry.id, JSON.stringify(entry));
    } catch {
      // Storage is full or forbidden: the entry is still sent, it only does not survive a reload.
    }
    this.send();
  }

  drop(entry) {
    this.entries = this.entries.filter((each) => each.id !== entry.id);
    localStorage.removeItem(this.prefix + entry.id);
  }

  /** Send whatever may be sent now. */
  send() {
    clearTimeout(this.timer);
    this.timer = null;
    const busy = new Set(
      this.entries.filter((entry) => this.sending.has(entry.id)).map((entry) => entry.item),
    );
    for (const entry of [...this.entries]) {
      if (this.sending.size >= IN_FLIGHT) break;
      if (entry.held || busy.has(entry.item) || this.sending.has(entry.id)) continue;
      busy.add(entry.item);
      this.post(entry);
    }
    this.heard.changed();
  }

  async post(entry) {
    this.sending.add(entry.id);
    const body = JSON.stringify({
      sheet_id: this.sheet,
      item_id: entry.item,
      result: this.words[entry.value.result],
      chosen: entry.value.chosen,
      comment: entry.value.comment,
      origin: entry.value.origin,
      base_version: Math.max(entry.base, this.versions.get(entry.item) ?? 0),
      client_id: entry.id,
    });
    let response = null;
    try {
      response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Requested-By": "case-review" },
        body,
        credentials: "same-origin",
        keepalive: body.length < KEEPALIVE_BYTES,
      });
    } catch {
      this.sending.delete(entry.id);
      this.later("offline");
      return;
    }
    const told = await response.json().catch(() => ({}));
    this.sending.delete(entry.id);
    if (response.ok) this.acknowledged(entry, told);
    else if (response.status === 401) this.later("signed-out");
    else if (response.status === 429 || response.status >= 500 || !told.code) this.later("server");
    else if (told.code === "DB-001") this.stale(entry, told);
    else {
      this.drop(entry);
      this.heard.refused(entry, told);
      this.send();
    }
  }

  acknowledged(entry, receipt) {
    this.versions.set(entry.item, receipt.version);
    this.drop(entry);
    this.problem = null;
    this.wait = RETRY_FIRST_MS;
    this.savedAt = new Date();
    this.heard.saved(entry, receipt);
    this.send();
  }

  /** Somebody else was first: the value waits until the person has chosen between the two. */
  stale(entry, told) {
    entry.held = true;
    this.heard.stale(entry, told);
    this.send();
  }

  /** Try again after a while, longer each time. */
  later(problem) {
    this.problem = problem;
    this.heard.changed();
    if (this.timer !== null) return;
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, RETRY_MOST_MS);
  }

  /** Try again at once: the network is back, or the person came back to this window. */
  now() {
    this.wait = RETRY_FIRST_MS;
    if (this.entries.length) this.send();
  }

  close() {
    clearTimeout(this.timer);
  }
}
