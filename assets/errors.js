// What happens when the server refuses a callback. Dash itself says nothing to the user.
// 401, 403 and 404 while a page is opened: load the address again, so that the server shows its own page about it.
(function () {
  "use strict";
  var ask = window.fetch;

  function tell(sentence) {
    var place = document.getElementById("notice");
    if (place) { place.textContent = sentence; place.scrollIntoView({ block: "nearest" }); }
  }

  function opensPage(options) {
    return typeof options.body === "string" && options.body.indexOf("_pages_content.children") !== -1;
  }

  window.fetch = function (address, options) {
    return ask.apply(window, arguments).then(function (answer) {
      if (String(address).indexOf("_dash-update-component") === -1 || answer.status < 400) { return answer; }
      if (answer.status === 401 || (opensPage(options || {}) && answer.status < 500)) {
        window.location.reload();
        return answer;
      }
      answer.clone().json().then(function (body) { tell(body.error); }, function () {
        tell("Något gick fel. Ladda om sidan och försök igen.");
      });
      return answer;
    }, function (problem) {
      if (String(address).indexOf("_dash-update-component") !== -1) {
        tell("Det gick inte att nå servern. Kontrollera din uppkoppling och försök igen.");
      }
      throw problem;
    });
  };
})();
