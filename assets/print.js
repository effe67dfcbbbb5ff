// Paper has one width, whatever the screen had: charts are drawn anew for it, and for the screen again afterwards.
(function () {
  "use strict";
  var WHOLE = 820, BESIDE = 370; // pixels of a card on an A4 within its margins; with another card beside it

  function each(draw) {
    if (!window.Plotly) { return; }
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) { window.Plotly.relayout(chart, draw(chart)); });
  }

  window.addEventListener("beforeprint", function () {
    each(function (chart) { return { autosize: false, width: chart.closest(".columns") ? BESIDE : WHOLE }; });
  });
  window.addEventListener("afterprint", function () {
    each(function () { return { autosize: true, width: null }; });
  });
})();
