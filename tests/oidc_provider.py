"""A small OpenID Connect provider: a process of its own with real keys, whose word can be made wrong in every way.

Each first part of a path is a provider: `http://127.0.0.1:PORT/acme` is one issuer, `…/other` another. It signs
everybody in at once, as the person it was told to. `POST /NAME/control` tells it what to say: see ``Said``.
"""

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import httpx2 as httpx
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey
from tests.serving import ENVIRONMENT

CLIENT_ID, CLIENT_SECRET = "footfall", "a secret: with / and +"
_LIFE_SECONDS = 300


@dataclass
class Said:
    """What a provider says."""

    person: dict[str, Any] = field(default_factory=lambda: {"sub": "p1"})
    user_info: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)  # instead of the right ones; None: left out
    clock_seconds: int = 0  # how far it is wrong
    signing: str = ""  # stranger: a key it does not publish; secret: the client's; none; new: it has changed its keys
    document: dict[str, Any] = field(default_factory=dict)  # likewise of its own description
    answer: dict[str, Any] = field(default_factory=dict)  # likewise of what the browser brings back
    fault: str = ""  # redirect, huge, html or error: what it answers to everything
    proof: str = "client_secret_basic"


class Provider:
    """One issuer."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.said = Said()
        self.changes = 1  # of the key
        self.key = ECKey.generate_key("P-256", {"kid": "k1"})
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()

    def document(self) -> dict[str, Any]:
        right: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": [self.said.proof],
            "authorization_response_iss_parameter_supported": True,
        }
        return _with(right, self.said.document)

    def hear(self, said: Said) -> None:
        """Do from now on as the tests say."""
        self.said = said
        if said.signing == "new":
            self.changes += 1
            self.key = ECKey.generate_key("P-256", {"kid": f"k{self.changes}"})

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes back to; what was asked wrongly ends here."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = _with({"code": code, "state": asked["state"], "iss": self.issuer}, self.said.answer)
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str], proof: tuple[str, str]) -> tuple[int, dict[str, Any]]:
        if proof != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if _challenge(form.get("code_verifier", "")) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        bearer = secrets.token_urlsafe(16)
        self.tokens.add(bearer)
        return 200, {"access_token": bearer, "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def user_info(self, bearer: str) -> tuple[int, dict[str, Any]]:
        return (200, self.said.user_info) if bearer in self.tokens else (401, {"error": "invalid_token"})

    def _id_token(self, nonce: str) -> str:
        now = int(time.time()) + self.said.clock_seconds
        right = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + _LIFE_SECONDS, "nonce": nonce}
        claims = _with(right | self.said.person, self.said.claims)
        if self.said.signing == "none":
            parts = (json.dumps({"alg": "none"}), json.dumps(claims))
            return ".".join(_encoded(part.encode()) for part in parts) + "."
        if self.said.signing == "secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET.ljust(32)))
        stranger = self.said.signing == "stranger"
        key = ECKey.generate_key("P-256", {"kid": str(self.key.kid)}) if stranger else self.key
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


class OidcProvider:
    """The process, as tests speak to it."""

    def __init__(self, url: str, client: httpx.Client) -> None:
        self.url = url
        self._client = client

    def issuer(self, name: str) -> str:
        return f"{self.url}/{name}"

    def settings(self, name: str, **options: Any) -> dict[str, Any]:
        given = {"id": name, "name": name.capitalize(), "issuer": self.issuer(name), "client_id": CLIENT_ID}
        return given | {"client_secret": CLIENT_SECRET} | options

    def say(self, name: str = "acme", **said: Any) -> None:
        """From now on; what is not named is right."""
        self._client.post(f"{self.issuer(name)}/control", json=said).raise_for_status()

    def sign_in(self, url: str) -> str:
        """What a person's browser does there; returns where it is sent back to."""
        answer = self._client.get(url)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def open_provider() -> Iterator[OidcProvider]:
    command = [sys.executable, "-m", "tests.oidc_provider"]
    with (
        httpx.Client(trust_env=False) as client,
        subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            yield OidcProvider(process.stdout.readline().strip(), client)
        finally:
            process.terminate()


class _Requests(BaseHTTPRequestHandler):
    providers: dict[str, Provider]
    url: str

    def do_GET(self) -> None:
        provider, path, query = self._asked()
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
        if path == "/authorize":
            self._answer(302, {}, location=provider.authorize(query))
        elif path == "/userinfo":
            self._answer(*provider.user_info(bearer))
        elif provider.said.fault:
            self._fail(provider)
        elif path == "/keys":
            self._answer(200, provider.keys())
        else:
            assert path == "/.well-known/openid-configuration"
            self._answer(200, provider.document())

    def do_POST(self) -> None:
        provider, path, _ = self._asked()
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        if path == "/control":
            provider.hear(Said(**json.loads(body)))
            self._answer(200, {})
            return
        assert path == "/token"
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if provider.said.proof == "client_secret_basic":
            given = base64.b64decode(self.headers["authorization"].removeprefix("Basic ")).decode()
            name, _, secret = given.partition(":")
            self._answer(*provider.token(form, (unquote(name), unquote(secret))))
        else:
            self._answer(*provider.token(form, (form["client_id"], form["client_secret"])))

    def _asked(self) -> tuple[Provider, str, dict[str, str]]:
        parts = urlsplit(self.path)
        name, slash, rest = parts.path[1:].partition("/")
        provider = self.providers.setdefault(name, Provider(f"{self.url}/{quote(name)}"))
        return provider, slash + rest, {key: values[0] for key, values in parse_qs(parts.query).items()}

    def _fail(self, provider: Provider) -> None:
        match provider.said.fault:
            case "redirect":
                self._answer(302, provider.document(), location=f"{self.url}/elsewhere{self.path}")
            case "huge":
                self._answer(200, provider.document() | {"filler": "x" * 1_000_000})
            case "html":
                self._send(200, b"<!doctype html>")
            case _:
                self._answer(503, provider.document())

    def _answer(self, status: int, content: dict[str, Any], location: str = "") -> None:
        self._send(status, json.dumps(content).encode(), location)

    def _send(self, status: int, body: bytes, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _with(right: dict[str, Any], instead: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (right | instead).items() if value is not None}


def _challenge(verifier: str) -> str:
    return _encoded(hashlib.sha256(verifier.encode()).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), _Requests)
    _Requests.providers = {}
    _Requests.url = f"http://127.0.0.1:{server.server_port}"
    print(_Requests.url, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
