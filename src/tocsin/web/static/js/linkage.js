// Keys of the linkage desk; every button works without them.
// s same, d two, u unsure, a takes the proposed reason, r goes to the reason, z undoes the last, Escape leaves the field.
"use strict";

document.addEventListener("keydown", (event) => {
  const field = document.activeElement;
  const typing = field && (field.tagName === "TEXTAREA" || (field.tagName === "INPUT" && field.type !== "checkbox"));
  if (event.key === "Escape" && typing) field.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "TEXTAREA") target.focus();
  else target.click();
});
