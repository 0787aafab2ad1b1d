// A page on which a person points at words: a click takes the line there, a drag takes a box.

const SMALLEST = 4; // CSS pixels; less is a click
const pages = new WeakMap();

class Place {
  constructor(root) {
    this.root = root;
    this.part = (name) => root.parentElement.querySelector(`[data-part="${name}"]`);
    this.start = null;
    root.addEventListener("pointerdown", (event) => this.begin(event));
    root.addEventListener("pointermove", (event) => this.stretch(event));
    root.addEventListener("pointerup", (event) => this.end(event));
  }

  update({ data, setTriggerValue }) {
    this.data = data;
    this.tell = setTriggerValue;
    const image = this.part("image");
    if (image.getAttribute("src") !== data.url) image.src = data.url;
    image.alt = data.label;
    image.style.aspectRatio = `${data.width} / ${data.height}`;
    const drawn = [
      ...data.lines.map((box) => this.block("line", box)),
      ...data.marks.map((box) => this.block("mark", box)),
    ];
    this.part("marks").replaceChildren(...drawn);
    this.part("drawn").hidden = true;
  }

  block(name, [left, top, right, bottom]) {
    const { width, height } = this.data;
    const made = document.createElement("div");
    made.className = name;
    made.style.left = `${(100 * left) / width}%`;
    made.style.top = `${(100 * top) / height}%`;
    made.style.width = `${(100 * (right - left)) / width}%`;
    made.style.height = `${(100 * (bottom - top)) / height}%`;
    return made;
  }

  point(event) {
    const area = this.root.getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(value, 0), most);
    return {
      x: (within(event.clientX - area.left, area.width) / area.width) * this.data.width,
      y: (within(event.clientY - area.top, area.height) / area.height) * this.data.height,
      cssX: event.clientX,
      cssY: event.clientY,
    };
  }

  begin(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.root.setPointerCapture(event.pointerId);
    this.start = this.point(event);
  }

  box(event) {
    const end = this.point(event);
    const { start } = this;
    return [
      Math.min(start.x, end.x),
      Math.min(start.y, end.y),
      Math.max(start.x, end.x),
      Math.max(start.y, end.y),
    ];
  }

  stretch(event) {
    if (!this.start) return;
    const drawn = this.part("drawn");
    drawn.style.cssText = this.block("drawn", this.box(event)).style.cssText;
    drawn.hidden = false;
  }

  end(event) {
    if (!this.start) return;
    const box = this.box(event);
    const { start } = this;
    this.start = null;
    const moved = Math.hypot(event.clientX - start.cssX, event.clientY - start.cssY);
    if (moved >= SMALLEST) {
      this.tell("picked", { box });
      return;
    }
    const line = this.data.lines.find(
      ([left, top, right, bottom]) =>
        start.x >= left && start.x <= right && start.y >= top && start.y <= bottom,
    );
    if (line) this.tell("picked", { box: line });
  }
}

export default function mount(component) {
  const root = component.parentElement.querySelector('[data-part="place"]');
  if (!pages.has(root)) pages.set(root, new Place(root));
  pages.get(root).update(component);
}
