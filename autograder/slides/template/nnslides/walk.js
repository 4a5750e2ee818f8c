// Walks through a deck and returns what check.py reports; it runs in the page of the deck.
// A slide is measured with all its fragments shown, then with all its folded answers open. The
// foot of a sheet belongs to the slide number, its edges to nobody.
async () => {
  const FOOT = 34, EDGE = 8;
  const NO_ALT = "No description has been provided for this image"; // nbconvert puts this in
  const found = [];
  const isUnseen = (element) =>
    element.closest("aside.notes, mjx-assistive-mml, script, style") ||
    (element.closest("details:not([open])") && !element.closest("summary"));
  const shorten = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);

  function* boxes(slide) {
    const nodes = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const node = nodes.currentNode, parent = node.parentElement;
      if (!node.data.trim() || isUnseen(parent) || parent.closest("pre, svg")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) yield [box, shorten(node.data)];
    }
    for (const element of slide.querySelectorAll("pre, svg, img, table, input, button, canvas, iframe, video")) {
      if (isUnseen(element) || element.parentElement.closest("svg")) continue;
      const name = element.alt || element.getAttribute("aria-label") || element.textContent;
      yield [element.getBoundingClientRect(), `${element.localName} ${shorten(name)}`];
    }
  }

  function measure(slide) {
    const sheet = slide.getBoundingClientRect();
    const worst = {};
    for (const [box, name] of boxes(slide)) {
      if (box.width === 0 || box.height === 0) continue;
      const beyond = {
        bottom: box.bottom - (sheet.top + 720 - FOOT),
        top: sheet.top + EDGE - box.top,
        left: sheet.left + EDGE - box.left,
        right: box.right - (sheet.left + 1280 - EDGE),
      };
      for (const [side, pixels] of Object.entries(beyond)) {
        if (pixels > 1 && pixels > (worst[side]?.pixels ?? 0)) worst[side] = { pixels, name };
      }
    }
    return worst;
  }

  for (const [index, slide] of Reveal.getSlides().entries()) {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v, slide.querySelectorAll(".fragment").length - 1);
    await new Promise(requestAnimationFrame);
    const report = (kind, message) => found.push({ kind, slide: index + 1, message });

    const closed = measure(slide);
    for (const [side, { pixels, name }] of Object.entries(closed))
      report("overflow", `${Math.ceil(pixels)} px over the ${side}: ${name}`);
    const folded = [...slide.querySelectorAll("details:not([open])")];
    folded.forEach((details) => (details.open = true));
    const clip = [...slide.querySelectorAll("pre")].filter((pre) => pre.scrollWidth > pre.clientWidth + 1);
    for (const [side, { pixels, name }] of Object.entries(measure(slide)))
      if (!(side in closed)) report("overflow", `${Math.ceil(pixels)} px over the ${side} when unfolded: ${name}`);
    folded.forEach((details) => (details.open = false));

    for (const pre of clip)
      report("code", `${pre.scrollWidth - pre.clientWidth} px clipped: ${shorten(pre.textContent)}`);

    for (const error of slide.querySelectorAll("svg [data-mjx-error]"))
      report("formula", error.dataset.mjxError);
    const nodes = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const { data, parentElement } = nodes.currentNode;
      if (parentElement.closest("pre, code, script, style, mjx-container")) continue;
      const raw = data.match(/\$[^$]+\$|\\\(|\\\[|\\begin\{/);
      if (raw) report("formula", `not typeset: ${shorten(data.slice(raw.index))}`);
    }

    for (const image of slide.querySelectorAll("img"))
      if (!image.alt.trim() || image.alt === NO_ALT) report("alt", `an image has no alt text: ${image.src.slice(0, 60)}`);
    for (const svg of slide.querySelectorAll("svg"))
      if (!svg.closest("mjx-container, [aria-hidden=true]") && !svg.parentElement.closest("svg") &&
          !svg.matches("[aria-label], [aria-labelledby], :has(> title)")) report("alt", "an inline svg has no aria-label");
  }
  return found;
}
