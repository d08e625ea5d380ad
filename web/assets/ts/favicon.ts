// The tab's icon with the current visitors on it, drawn only when the figure changes.
const SIZE = 64;
const MOST = 999;

let drawn = -1;

export function showInFavicon(visitors: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link || visitors === drawn) return;
  drawn = visitors;
  link.dataset.plain ??= link.href;
  link.href = visitors ? picture(visitors) : link.dataset.plain;
}

function picture(visitors: number): string {
  const text = visitors > MOST ? `${Math.min(99, Math.round(visitors / 1000))}k` : String(visitors);
  const size = [0, 46, 40, 31][text.length] ?? 31;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}"><rect width="${SIZE}" height="${SIZE}" rx="14" fill="#2d4ecf"/><text x="32" y="34" fill="#fff" font-family="system-ui,sans-serif" font-weight="700" font-size="${size}" text-anchor="middle" dominant-baseline="central">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
