// The organisation tree: folding, choosing and dragging. The server draws; this asks it to, and never decides anything.
// Buttons say what they are for in data-tree; rows say which unit they are, as it was seen, in data-row and data-version.
(function () {
  "use strict";
  var look = null, asker = null, dragged = null;

  function within(target) { return target.closest && target.closest("#tree-look-section"); }

  function send(store, data) { window.dash_clientside.set_props(store, { data: data }); }

  function ask(change, button) {
    look = Object.assign({}, look, change);
    asker = button && { deed: button.dataset.tree, unit: button.dataset.unit, panel: button.dataset.panel };
    send("tree-look-wish", look);
  }

  function toggled(unit) {
    return look.opened.indexOf(unit) < 0 ? look.opened.concat(unit) : look.opened.filter(function (one) { return one !== unit; });
  }

  function place(row, parent, before) {
    send("tree-look-drop", { unit_id: row.dataset.row, version: Number(row.dataset.version), parent_id: parent, before: before || null });
  }

  var deeds = {
    toggle: function (button) { ask({ opened: toggled(button.dataset.unit) }, button); },
    choose: function (button) { ask({ unit: look.unit === button.dataset.unit ? null : button.dataset.unit, panel: "edit" }, button); },
    panel: function (button) { ask({ panel: button.dataset.panel }, button); },
    collapse: function (button) { ask({ opened: look.opened.slice(0, 1), unit: null }, button); },
    place: function (button) { place(button, button.dataset.parent, button.dataset.before); },
    reopen: function (button) { send("tree-look-reopen", { unit_id: button.dataset.unit, version: Number(button.dataset.version) }); }
  };

  document.addEventListener("click", function (event) {
    var button = within(event.target) && event.target.closest("[data-tree]");
    if (button && look) { deeds[button.dataset.tree](button); }
  });

  // Enter in a field does what the panel is for.
  document.addEventListener("keydown", function (event) {
    var panel = event.key === "Enter" && event.target.matches("input") && event.target.closest(".unit-panel");
    var deed = panel && panel.querySelector(".actions .button[id]");
    if (deed && event.target.type !== "search") { event.target.blur(); setTimeout(function () { deed.click(); }); }
  });

  // Where one stood is where one goes on: by deed and unit, since a row that changes is another element.
  function refocus() {
    var lost = document.activeElement === document.body || document.activeElement.matches("h1");
    if (!lost) { return; }
    var wanted = asker && document.querySelector("#tree-look-section [data-tree='" + asker.deed + "']" +
      (asker.unit ? "[data-unit='" + CSS.escape(asker.unit) + "']" : "") + (asker.panel ? "[data-panel='" + asker.panel + "']" : ""));
    var chosen = document.querySelector("#tree-look-section .is-chosen .tree__name");
    if (wanted || chosen) { (wanted || chosen).focus({ preventScroll: !wanted }); }
  }

  function keepInAddress() {
    var address = new URL(window.location.href);
    address.searchParams.delete("fil");
    if (look.unit) { address.searchParams.set("enhet", look.unit); } else { address.searchParams.delete("enhet"); }
    window.history.replaceState(window.history.state, "", address);
  }

  // Dragging: the upper and lower quarter of a row mean before and after it, the middle means below it.
  function landing(row, event) {
    var box = row.getBoundingClientRect(), part = (event.clientY - box.top) / box.height;
    var besides = row.dataset.parent && row.getAttribute("draggable") === "true";
    return !besides || (part > 0.25 && part < 0.75) ? "into" : part <= 0.25 ? "before" : "after";
  }

  function next(row) {
    var item = row.closest("li").nextElementSibling, beside = item && item.querySelector("[data-row]");
    return beside && beside.dataset.row;
  }

  function unmark() {
    document.querySelectorAll(".tree__row[data-landing]").forEach(function (row) { row.removeAttribute("data-landing"); });
  }

  function under(event) {
    var row = dragged && event.target.closest && event.target.closest(".tree__row");
    return row && !dragged.closest("li").contains(row) ? row : null;
  }

  document.addEventListener("dragstart", function (event) {
    dragged = within(event.target) && event.target.closest(".tree__row[draggable='true']");
    if (dragged) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", dragged.dataset.row); }
  });
  document.addEventListener("dragover", function (event) {
    var row = under(event);
    unmark();
    if (row) { event.preventDefault(); row.dataset.landing = landing(row, event); }
  });
  document.addEventListener("drop", function (event) {
    var row = under(event), where = row && landing(row, event);
    unmark();
    if (!row) { return; }
    event.preventDefault();
    if (where === "into") { place(dragged, row.dataset.row, null); return; }
    place(dragged, row.dataset.parent, where === "before" ? row.dataset.row : next(row));
  });
  document.addEventListener("dragend", function () { unmark(); dragged = null; });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    dimiosTree: {
      shown: function (data) {
        look = data;
        keepInAddress();
        setTimeout(refocus);
        return window.dash_clientside.no_update;
      },
      search: function (text) {
        if (!look) { return window.dash_clientside.no_update; }
        asker = null;
        look = Object.assign({}, look, { search: text || "", unit: null });
        return look;
      }
    }
  });
})();
