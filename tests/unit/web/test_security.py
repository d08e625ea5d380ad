from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.testclient import TestClient

from footfall.web.assets import asset_url, static_files
from footfall.web.security import PageSecurity


def client() -> TestClient:
    app = FastAPI()
    app.get("/page")(lambda: HTMLResponse("<p>"))
    app.get("/data")(lambda: JSONResponse([]))
    app.mount("/static", static_files())
    app.add_middleware(PageSecurity)
    return TestClient(app)


def test_it_forbids_whatever_is_inline_or_from_elsewhere() -> None:
    policy = client().get("/page").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_it_lets_data_load_nothing_if_it_is_shown_as_a_page() -> None:
    assert client().get("/data").headers["content-security-policy"].startswith("default-src 'none'")


def test_it_lets_browsers_keep_what_is_named_by_its_content() -> None:
    url = asset_url("app.css")

    assert "immutable" in client().get(url).headers["cache-control"]
    assert "immutable" not in client().get("/static/app.css").headers.get("cache-control", "")
