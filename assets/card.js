// What a card of an analysis lets one take along without the server: its address, and its picture with the words that
// stand around it on the page: title, what it is about, how many, when, and by which rule.
(function () {
  "use strict";
  var LINE = 18, SIGNS = 9; // pixels of a line, and of a sign on average
  var FOLDED = 1000; // pixels of the width of a picture that is folded away

  function wrapped(words, width) {
    var lines = [""], most = Math.floor(width / SIGNS);
    words.split(" ").forEach(function (word) {
      var last = lines[lines.length - 1];
      if (last && last.length + word.length + 1 > most) { lines.push(word); } else { lines[lines.length - 1] = (last + " " + word).trim(); }
    });
    return lines;
  }

  function safe(text) { return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"); }

  function text(lines, y, anchor, shift, size) {
    return {
      text: lines.map(safe).join("<br>"), x: 0, y: y, xref: "paper", yref: "paper", xanchor: "left", yanchor: anchor,
      yshift: shift, align: "left", showarrow: false, font: { size: size }
    };
  }

  function worded(graph, card) {
    var seen = graph.getBoundingClientRect(), layout = JSON.parse(JSON.stringify(graph.layout));
    var size = { width: seen.width || FOLDED, height: seen.height || graph._fullLayout.height };
    var title = wrapped(card.dataset.title, size.width * 0.8), about = wrapped(card.dataset.about, size.width);
    var margin = graph._fullLayout.margin, above = title.length * 24 + 16, below = about.length * LINE + 20;
    layout.margin = Object.assign({}, layout.margin, { t: margin.t + above, b: margin.b + below, l: margin.l, r: margin.r });
    layout.height = size.height + above + below;
    layout.width = size.width;
    layout.annotations = (layout.annotations || []).concat(
      text(title, 1, "bottom", margin.t + 6, 19), text(about, 0, "top", -margin.b - 10, 13)
    );
    return { data: graph.data, layout: layout };
  }

  function picture(button, card) {
    var graph = card.querySelector(".js-plotly-plot"), figure = worded(graph, card);
    var form = { format: button.dataset.do, width: figure.layout.width, height: figure.layout.height, scale: 2 };
    window.Plotly.toImage(figure, form).then(function (address) {
      var link = document.createElement("a");
      link.href = address;
      link.download = button.dataset.name + "." + button.dataset.do;
      link.click();
    });
  }

  function copy(button, card) {
    var address = window.location.href.split("#")[0] + "#" + card.id;
    var status = card.querySelector(".card__done");
    navigator.clipboard.writeText(address).then(
      function () { status.textContent = button.dataset.done; },
      function () { status.textContent = address; } // where the browser does not let us
    );
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest(".card__share [data-do]");
    if (!button) { return; }
    var card = button.closest(".card");
    if (button.dataset.do === "link") { copy(button, card); } else { picture(button, card); }
  });
})();
