"""PostgreSQL over TLS: `sslmode=verify-full` takes the server its certificate names, and no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import SecretStr
from tests.postgres import PostgresServer

from footfall.errors import DatabaseAway
from footfall.metadata.opening import look_at, open_database
from footfall.settings import Settings

HOST = "db.example.com"


@dataclass
class Authority:
    """Whoever signs certificates."""

    name: str
    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate

    @classmethod
    def called(cls, name: str) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        return cls(name, key, certificate(name, key, name, key, is_authority=True))

    def signs(self, host: str) -> tuple[bytes, bytes]:
        """A certificate for ``host``, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = certificate(host, key, self.name, self.key, is_authority=False)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return made.public_bytes(Encoding.PEM), private

    def written(self, path: Path) -> Path:
        path.write_bytes(self.root.public_bytes(Encoding.PEM))
        return path


def certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signed_by: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (subject, issuer)]
    builder = x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
    builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    if not is_authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
    return builder.sign(signed_by, SHA256())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.called("Our own")


@pytest.fixture(scope="module")
def place(postgres: PostgresServer, authority: Authority) -> Iterator[str]:
    """Port and name of a database that is reached over TLS."""
    with postgres.over_tls(*authority.signs(HOST)) as port, postgres.database(is_migrated=False) as url:
        yield f"{port}/{url.database}"


def settings_of(place: str, root: Path, host: str = HOST, mode: str = "verify-full") -> Settings:
    told = f"hostaddr=127.0.0.1&sslmode={mode}&sslrootcert={root}"
    url = f"postgresql://footfall@{host}:{place}?{told}"
    return Settings(data_dir=root.parent, database_url=SecretStr(url))


def test_it_takes_the_server_its_certificate_names(authority: Authority, place: str, tmp_path: Path) -> None:
    root = authority.written(tmp_path / "root.crt")

    database = open_database(settings_of(place, root))

    assert database.answers()
    database.close()
    assert look_at(settings_of(place, root)).server.endswith(", encrypted")
    assert look_at(settings_of(place, root, mode="disable")).server.endswith(", not encrypted")


def test_it_refuses_a_certificate_of_somebody_else(place: str, tmp_path: Path) -> None:
    stranger = Authority.called("Another").written(tmp_path / "other.crt")

    with pytest.raises(DatabaseAway, match=rf"^postgresql://footfall@{HOST}:{place} cannot be used: .*verify failed"):
        look_at(settings_of(place, stranger))


def test_it_refuses_a_server_of_another_name(authority: Authority, place: str, tmp_path: Path) -> None:
    root = authority.written(tmp_path / "root.crt")

    with pytest.raises(DatabaseAway, match="does not match host name"):
        open_database(settings_of(place, root, host="other.example.com"))
