// Where the keyboard and the screen reader go on after a page, or a part of it, has been drawn anew.
// Who stood on something that is there again, such as the list of units, stands on it still. Who has come to a new page,
// or lost what they stood on, such as a button that has done its work, begins at the heading.
(function () {
  "use strict";
  var stoodOn = null, opensPage = false, address = here();

  function here() { return window.location.pathname + window.location.search; }

  function again() {
    var bare = stoodOn.cloneNode(false);
    return Array.from(document.querySelectorAll("#innehall " + stoodOn.tagName)).find(function (found) {
      return found.cloneNode(false).isEqualNode(bare);
    });
  }

  function settle() {
    var heading = document.querySelector("#innehall h1");
    var lost = stoodOn !== null && !stoodOn.isConnected;
    if (!heading || !(lost || opensPage)) { return; }
    var stays = lost && (stoodOn.id || !opensPage) ? again() : undefined;
    (stays || heading).focus({ preventScroll: opensPage || stays !== undefined });
    opensPage = false;
  }

  document.addEventListener("focusin", function (event) { stoodOn = event.target; });
  document.addEventListener("focusout", function (event) {
    setTimeout(function () { if (event.target === stoodOn && event.target.isConnected) { stoodOn = null; } });
  });
  ["_dashprivate_pushstate", "popstate"].forEach(function (name) {
    window.addEventListener(name, function () {
      opensPage = opensPage || here() !== address;
      address = here();
    });
  });
  new MutationObserver(function (changes) {
    var page = document.getElementById("_pages_content");
    if (page && changes.some(function (change) { return page.contains(change.target); })) { settle(); }
  }).observe(document, { childList: true, characterData: true, subtree: true });
})();
