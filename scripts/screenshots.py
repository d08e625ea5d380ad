"""Take the pictures of the documentation anew, on a demo site of its own: `make screenshots`, then look at them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.server import Footfall, Serving
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
_EMAIL, _PASSWORD = "alice@example.com", "correct horse battery staple"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Picture(NamedTuple):
    """One picture: its file, what it shows, and on what."""

    name: str
    address: str = "?period=28d"
    width: int = 1280
    height: int = 1130
    scheme: str = "light"


PICTURES = (
    Picture("dashboard-light"),
    Picture("dashboard-dark", scheme="dark"),
    Picture("dashboard-filtered", "?period=28d&country=DE&page~=/blog"),
    Picture("dashboard-phone", width=390, height=844),
)


def taken(browser: Browser, serving: Serving) -> Iterator[tuple[str, bytes]]:
    """The name of each picture, and the picture as Chromium gives it."""
    address = f"http://127.0.0.1:{serving.port}"
    page = browser.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(_EMAIL)
    page.get_by_label("Password").fill(_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sites**")
    signed_in = page.context.storage_state()
    for one in PICTURES:
        page = browser.new_page(
            viewport={"width": one.width, "height": one.height},
            color_scheme="dark" if one.scheme == "dark" else "light",
            locale="en-GB",
            storage_state=signed_in,
        )
        yield one.name, _picture(page, f"{address}/sites/demo.footfall.example{one.address}")
        page.close()


def _picture(page: Page, address: str) -> bytes:
    page.goto(address)
    page.wait_for_selector("#panel-sources .row")
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def main() -> None:
    """Fill, serve, take all of them."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        IMAGES.mkdir(exist_ok=True)
        install = Footfall(Path(folder) / "data")
        install.command("user", "add", _EMAIL, "--password-stdin", text=_PASSWORD)
        install.command("demo")
        with install.serving() as serving:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
            for name, picture in taken(browser, serving):
                # Without loss, and less than half as large as the same as PNG.
                Image.open(BytesIO(picture)).save(IMAGES / f"{name}.webp", lossless=True, quality=100, method=6)
            browser.close()


if __name__ == "__main__":
    main()
