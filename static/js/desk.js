// Enhancements of the desk only: every page works without this file.

// A passage selected in a capture's text is put where it can be quoted.
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const anchor = selection.anchorNode;
  const within = anchor instanceof Element ? anchor : anchor?.parentElement;
  const captured = within?.closest("[data-fills]");
  const text = selection.toString().trim();
  if (captured && text) {
    document.getElementById(captured.dataset.fills).value = text;
  }
});

// Enter in a search field searches; it does not save the form the field is in.
document.addEventListener("keydown", (event) => {
  const button = document.querySelector(`[data-enter-of="${event.target.id}"]`);
  if (event.key === "Enter" && event.target.id && button) {
    event.preventDefault();
    button.click();
  }
});
