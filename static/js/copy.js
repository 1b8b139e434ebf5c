// Copies a note. Without this file, or where browsers do not allow it, people select.

const status = document.querySelector("[data-copied]");

function copied(element) {
  const plain = new Blob([element.textContent], { type: "text/plain" });
  if (element.tagName === "PRE") return [new ClipboardItem({ "text/plain": plain })];
  const text = document.getElementById(element.id.replace("rich-", "plain-"));
  return [
    new ClipboardItem({
      "text/html": new Blob([element.innerHTML], { type: "text/html" }),
      "text/plain": new Blob([text.textContent], { type: "text/plain" }),
    }),
  ];
}

async function copy(button) {
  status.className = "banner";
  try {
    await navigator.clipboard.write(copied(document.getElementById(button.dataset.copy)));
    status.textContent = status.dataset.copied;
  } catch {
    status.textContent = status.dataset.failed;
  }
  button.parentElement.after(status);
}

if (navigator.clipboard?.write) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
