// Starts a deck: fonts and formulas first, then the size of pictures, then reveal.js. In this order because
// reveal.js hides every slide but one, and what is hidden cannot be measured.
(() => {
  const SLIDE = { width: 1280, height: 720 };
  const SMALLEST = 240; // pixels: a picture below this height says nothing

  // nbconvert nests every slide in a stack: the inner sections are the slides.
  const slides = [...document.querySelectorAll(".slides > section > section")];
  slides.forEach((slide) => slide.classList.add("nn-slide"));
  slides[0].classList.add("nn-title");

  // A folded answer is unfolded to be measured, like everything else.
  const folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((details) => (details.open = true));

  // A comma behind a formula never begins a line: a browser may break before it.
  function holdPunctuation() {
    for (const formula of document.querySelectorAll('mjx-container:not([display="true"])')) {
      const [mark] = formula.nextSibling?.nodeValue?.match(/^[,.;:!?)]+/) ?? [];
      if (!mark) continue;
      const held = document.createElement("span");
      held.style.whiteSpace = "nowrap";
      const text = formula.nextSibling;
      text.splitText(mark.length);
      formula.before(held);
      held.append(formula, text);
    }
  }

  // A picture takes the height that the text of its slide leaves, folded answers included.
  function fitPictures() {
    for (const slide of slides) {
      const pictures = slide.querySelectorAll("img, .nn-demo > svg");
      const excess = slide.offsetHeight - SLIDE.height;
      if (excess <= 0) continue;
      for (const picture of pictures) {
        const height = picture.getBoundingClientRect().height - excess / pictures.length;
        picture.style.maxHeight = `${Math.max(SMALLEST, Math.floor(height))}px`;
      }
    }
  }

  function startDeck() {
    // The presenter's view copies notes without the style that hides this second form of a formula.
    document.querySelectorAll("aside.notes mjx-assistive-mml").forEach((node) => node.remove());
    holdPunctuation();
    fitPictures();
    folded.forEach((details) => (details.open = false));
    // Dragging a slider is not swiping to the next slide.
    document.querySelectorAll(".nn-demo").forEach((demo) => demo.setAttribute("data-prevent-swipe", ""));
    const done = (state) => () => (document.documentElement.dataset.deck = state);
    Reveal.on("ready", done("ready"));
    Reveal.on("pdf-ready", done("print"));
    return Reveal.initialize({
      ...SLIDE,
      margin: 0,
      maxScale: 4,
      center: false,
      controls: true,
      controlsTutorial: false,
      slideNumber: "c/t",
      hash: true,
      transition: "none",
      backgroundTransition: "none",
      // A slide is a page, with all its fragments.
      pdfSeparateFragments: false,
      pdfMaxPagesPerSlide: 1,
      plugins: [RevealNotes],
    });
  }

  window.MathJax = {
    tex: {
      inlineMath: [["$", "$"], ["\\(", "\\)"]],
      displayMath: [["$$", "$$"], ["\\[", "\\]"]],
      processEscapes: true,
      processEnvironments: true,
      // A misspelled macro is an error that check_deck finds, not red text that nobody sees.
      packages: { "[-]": ["noundefined"] },
    },
    // Every formula carries its own letters: the presenter's view shows notes in another window.
    // Scaled down a little, because matching the height of an x makes capitals too tall.
    svg: { fontCache: "local", scale: 0.95 },
    options: { enableMenu: false },
    startup: {
      // A formula takes the size of the letters around it, which is not known before their font is
      // there; pictures have no height before they are decoded.
      pageReady: () =>
        Promise.allSettled([
          Promise.all([...document.fonts].map((font) => font.load())).then(() =>
            MathJax.startup.defaultPageReady()),
          ...[...document.images].map((image) => image.decode()),
        ]).then(([math]) => {
          if (math.status === "rejected") console.error(math.reason);
          return startDeck();
        }),
    },
  };
})();
