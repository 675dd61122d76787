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
