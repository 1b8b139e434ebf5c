// Enhancements only: every quotation has a page of its own without this file.

document.documentElement.classList.add("scripted");

// Where a page may not write to the clipboard, the citation is selected instead.
async function copy(button) {
  const citation = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(citation.textContent.trim());
    button.textContent = button.dataset.copies;
  } catch {
    document.getSelection().selectAllChildren(citation);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (button) copy(button);
  const link = event.target.closest("a.in-context");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    htmx.ajax("GET", link.href, { source: link, target: link, swap: "outerHTML" });
  }
});

// A quotation that cannot be fetched is gone to.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    if (event.target.matches("a.in-context")) location.assign(event.target.href);
  });
}
