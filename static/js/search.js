// Enhancements only: the keyboard's short ways through a search and what it found.

const box = document.querySelector("[name=q]");
const found = () => [...document.querySelectorAll("[data-arrows] a")];
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, select, textarea");
  const links = found();
  const at = links.indexOf(event.target);
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape" && at >= 0) {
    box.focus();
  } else if (event.key in STEPS && (event.target === box || at >= 0)) {
    event.preventDefault();
    (links[at + STEPS[event.key]] ?? box).focus();
  }
});
