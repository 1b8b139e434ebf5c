// Compares a file with the one that was issued. The file never leaves the browser.

const check = document.querySelector("[data-memo-check]");
const input = check.querySelector("input");
const answer = check.querySelector("[role=status]");

async function compare(file) {
  let verdict = "unread";
  try {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const bytes = Array.from(new Uint8Array(digest));
    const hash = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    verdict = hash === check.dataset.memoCheck ? "same" : "other";
  } finally {
    answer.textContent = answer.dataset[verdict];
    answer.hidden = false;
  }
}

// Browsers hash files only on https pages and on the computer itself.
if (window.crypto?.subtle) {
  check.hidden = false;
  input.addEventListener("change", () => input.files[0] && compare(input.files[0]));
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => event.preventDefault());
  }
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer.files[0];
    if (file) compare(file);
  });
}
