// Enhancements only: every page works without this file.

const announcer = document.querySelector("[data-announcer]");

// A reader who cannot see the swap hears what is shown now, or that nothing came.
function announce(text) {
  announcer.textContent = text.replace(/\s+/g, " ").trim();
}

if (announcer) {
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.matches(".in-context")) return; // it takes the focus
    announcer.classList.add("hidden");
    announce(document.querySelector("[data-announce]").textContent);
  });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.body.addEventListener(failure, () => {
      announcer.classList.remove("hidden");
      announce(announcer.dataset.failed);
    });
  }
}
