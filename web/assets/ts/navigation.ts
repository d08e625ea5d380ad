// Links inside #view swap #view. An answer without one (signed out, an error page) is opened as the page it is.
interface SwapDetail {
  ctx: { text?: string; target?: Element; response?: { raw?: { url?: string } } };
}

export function watchNavigation(): void {
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = (event as CustomEvent<SwapDetail>).detail;
    if (ctx.target?.id !== "view" || ctx.text?.includes('id="view"')) return;
    event.preventDefault();
    location.assign(ctx.response?.raw?.url ?? location.href);
  });
}
