// Charts stand on the page as drawings. Where scripts run, Vega draws them again over the same definition, so that a pointer
// is told each value. The policy of the page allows no evaluation: expressions are interpreted, and nothing is inlined.
(() => {
  const { vega: library, interpreter } = document.currentScript.dataset;
  const WIDE = 720, NARROW = 340;
  const TURN = 35 * parseFloat(getComputedStyle(document.documentElement).fontSize); // as the style sheet has it
  let loading;

  function load(address) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = () => failed(new Error(address));
      document.head.append(script);
    });
  }

  function ready() {
    loading ??= load(library).then(() => load(interpreter));
    return loading;
  }

  function tip() {
    let box = document.getElementById("chart-tip");
    if (!box) {
      box = document.createElement("div");
      box.id = "chart-tip";
      box.setAttribute("aria-hidden", "true"); // the table beside the chart is read instead
      document.body.append(box);
    }
    return box;
  }

  function tell(_, event, __, value) {
    const box = tip();
    const told = typeof value === "object" && value ? value.told ?? Object.values(value).join(" ") : value;
    box.hidden = !told;
    if (!told) return;
    box.textContent = told;
    const x = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
    const below = event.clientY + 18;
    const y = below + box.offsetHeight > innerHeight ? event.clientY - box.offsetHeight - 12 : below;
    box.style.transform = `translate(${Math.max(8, x)}px, ${y}px)`;
  }

  async function enliven(figure) {
    await ready();
    if (!figure.isConnected || figure.querySelector(".chart-live")) return;
    const spec = JSON.parse(figure.dataset.chart);
    const wide = spec.width;
    const place = document.createElement("div");
    place.className = "chart-live";
    figure.querySelector(".chart-picture").before(place);
    const view = new vega.View(vega.parse(spec, null, { ast: true }), {
      expr: vega.expressionInterpreter, renderer: "svg", container: place, hover: true, tooltip: tell, logLevel: vega.Error,
    });
    const fit = () => view.width(figure.clientWidth > TURN ? wide : wide - (WIDE - NARROW)).runAsync();
    await fit();
    place.setAttribute("role", "img");
    place.removeAttribute("aria-roledescription");
    place.setAttribute("aria-label", figure.querySelector(".chart-picture svg").getAttribute("aria-label"));
    const sized = new ResizeObserver(() => {
      if (figure.isConnected) return fit();
      sized.disconnect(); // a swap has taken the chart away
      return view.finalize();
    });
    sized.observe(figure);
    figure.classList.add("is-live");
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      enliven(entry.target);
    }
  }, { rootMargin: "200px" });

  function find(root) {
    root.querySelectorAll("figure.chart[data-chart]").forEach((figure) => seen.observe(figure));
  }
  find(document);
  document.addEventListener("htmx:load", (event) => find(event.target));
})();
