// A country of the map says its name and figure beside the pointer.
export function watchMaps(): void {
  document.addEventListener("pointerover", ({ target }) => {
    const shape = (target as Element).closest<SVGElement>("[data-says]");
    const map = shape?.closest<HTMLElement>(".map");
    for (const tip of document.querySelectorAll(".map-tip")) tip.remove();
    if (!shape || !map) return;
    const tip = document.createElement("span");
    tip.className = "tip map-tip";
    tip.textContent = shape.dataset.says ?? "";
    map.append(tip);
    const [frame, box] = [map.getBoundingClientRect(), shape.getBoundingClientRect()];
    const left = box.left + box.width / 2 - frame.left - tip.offsetWidth / 2;
    const top = Math.max(0, box.top - frame.top - tip.offsetHeight - 4);
    tip.style.translate = `${Math.min(Math.max(0, left), frame.width - tip.offsetWidth)}px ${top}px`;
  });
}
