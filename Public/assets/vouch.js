// Everything works without this file. It shows the copy buttons, which need a clipboard, and takes
// a reader to the summary of errors that a refused form begins with.
"use strict";

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
}

document.querySelector(".error-summary[role=alert]")?.focus();

// What an affiliate won appears in the open page: each event brings the card as the server would
// have put it into the next one. Only a page that is seen listens; what came meanwhile follows.
const news = document.querySelector("[data-events]");
if (news && window.EventSource) {
  const place = "vouch-news";
  let source = null;
  let retry = 0;

  const show = (event) => {
    sessionStorage.setItem(place, event.lastEventId);
    const template = document.createElement("template");
    template.innerHTML = event.data;
    for (const card of [...template.content.children].reverse()) {
      const present = document.getElementById(card.id);
      if (present?.isEqualNode(card)) continue;
      present?.remove();
      news.prepend(card);
    }
  };

  const listen = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
    if (document.hidden) return;
    const seen = sessionStorage.getItem(place);
    source = new EventSource(
      news.dataset.events + (seen ? `?after=${encodeURIComponent(seen)}` : ""));
    source.addEventListener("news", show);
    // A refusal ends an event source for good; where it was for want of room, room may come.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) {
        retry = setTimeout(listen, 60000 * (1 + Math.random()));
      }
    });
  };

  document.addEventListener("visibilitychange", listen);
  listen();
}
