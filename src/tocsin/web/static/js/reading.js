// Two comforts for readers with JavaScript; every page works without them.
// Escape closes the card of a figure. A table with data-filter is filtered as you type.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const figure of document.querySelectorAll(".fig:hover, .fig:focus-within")) {
    figure.classList.add("fig--shut");
    const open = () => figure.classList.remove("fig--shut");
    figure.addEventListener("mouseleave", open, { once: true });
    figure.addEventListener("focusout", open, { once: true });
  }
});

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

for (const input of document.querySelectorAll("input[data-filter]")) {
  const table = document.getElementById(input.dataset.filter);
  if (!table) continue;
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const rest = rows.map((row) => row.hidden);
  const texts = rows.map((row) => plain(row.dataset.find || row.textContent));
  const count = document.getElementById(input.dataset.count || "");
  const links = document.querySelectorAll(`a[data-follows="${input.id}"]`);
  const narrow = () => {
    const wanted = plain(input.value.trim());
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = wanted === "" ? rest[index] : !texts[index].includes(wanted);
      if (!row.hidden) shown += 1;
    });
    if (count) count.textContent = String(shown);
    for (const link of links) {
      const address = new URL(link.href);
      if (wanted) address.searchParams.set("q", input.value.trim());
      else address.searchParams.delete("q");
      link.href = address.href;
    }
  };
  input.addEventListener("input", narrow);
}
