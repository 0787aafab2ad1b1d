// The keyboard: digits score and move on, arrows move, letters act. Never while somebody types.

/** Listen on the window, before the page around does; returns how to stop. */
function listenToKeys(desk) {
  const letters = {
    c: () => desk.inspector.write(),
    v: () => desk.nextEvidence(),
    p: () => desk.pin(),
    a: () => desk.accept(),
    x: () => desk.reject(),
    n: () => desk.checklist.nextOpen(),
    f: () => desk.viewer.fitTo(desk.viewer.fit === "width" ? "page" : "width"),
  };
  const named = {
    ArrowDown: () => desk.checklist.step(1),
    ArrowUp: () => desk.checklist.step(-1),
    ArrowRight: () => desk.checklist.across(1),
    ArrowLeft: () => desk.checklist.across(-1),
    PageDown: () => desk.viewer.turn(1),
    PageUp: () => desk.viewer.turn(-1),
    "[": () => desk.viewer.turn(-1),
    "]": () => desk.viewer.turn(1),
    "+": () => desk.viewer.zoomBy(1.2),
    "=": () => desk.viewer.zoomBy(1.2),
    "-": () => desk.viewer.zoomBy(1 / 1.2),
    "?": () => desk.dialogs.help(),
    "？": () => desk.dialogs.help(),
  };

  function actionFor(event) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (digit) {
      const result = desk.data.results.find((each) => each.digit === digit);
      return result && (() => desk.score(result.key, { moveOn: !event.shiftKey }));
    }
    const inStage = event.composedPath().includes(desk.viewer.stage);
    const inSplitter = event.composedPath().includes(desk.splitter);
    if (event.key.startsWith("Arrow") && (inStage || inSplitter)) return null;
    return named[event.key] ?? letters[event.key.toLowerCase()];
  }

  function pressed(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.altKey || desk.dialogs.isOpen) return;
    const path = event.composedPath();
    const isOurs = path.includes(desk.root) || path[0] === document.body;
    if (!isOurs) return;
    if (event.key === "Escape") {
      if (path[0] === desk.inspector.comment || isTyping(event)) desk.checklist.focus(desk.current);
      desk.viewer.unmark();
      desk.viewer.draw();
      return;
    }
    if (isTyping(event)) {
      // Letters typed here must not reach the shortcuts of the page around.
      event.stopPropagation();
      return;
    }
    const action = actionFor(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  window.addEventListener("keydown", pressed, true);
  return () => window.removeEventListener("keydown", pressed, true);
}
