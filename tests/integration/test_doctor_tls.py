"""The doctor calls our own address as a browser would, and asks for the proxy's name."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from core.kit.checks import Finding
from core.kit.clock import wall_now
from core.settings import KEPT_IN, Settings
from market import doctor
from market.embedded import free_port

STRONG = "k7Gq2vX9pLmZ4tRw8sBnY6cHj3fDa1Eu"


def certificate(folder: Path, address: str, days: int) -> Path:
    """Write a certificate that speaks for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "market")])
    now = wall_now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=100))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def speaking_tls(path: Path) -> Iterator[int]:
    """Shake hands once at a port of this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with socket(AF_INET, SOCK_STREAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def shake() -> None:
            plain, _ = listening.accept()
            with plain:
                plain.settimeout(10)
                try:
                    context.wrap_socket(plain, server_side=True).close()
                except OSError:
                    return  # the doctor did not like it

        thread = threading.Thread(target=shake, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(10)


def production(public_url: str, proxies: str = "") -> Settings:
    keys = {name: SecretStr(STRONG) for name in KEPT_IN}
    return Settings(
        _env_file=None,
        environment="production",
        public_url=public_url,
        trusted_proxies=proxies,
        **keys,  # type: ignore[arg-type]
    )


def tls(port: int) -> Finding:
    return doctor._certificate(production(f"https://127.0.0.1:{port}"))  # noqa: SLF001


@pytest.mark.parametrize(("days", "good"), [(90, True), (14, True), (13, False), (1, False)])
def test_a_certificate_that_ends_soon_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, *, good: bool
) -> None:
    path = certificate(tmp_path, "127.0.0.1", days)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with speaking_tls(path) as port:
        found = tls(port)
    assert found.good == good
    assert f"ends in {days} days" in found.found


@pytest.mark.parametrize(
    ("address", "days", "trusted"),
    [("127.0.0.1", 90, False), ("127.0.0.2", 90, True), ("127.0.0.1", -2, True)],
)
def test_one_that_browsers_would_refuse_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, days: int, *, trusted: bool
) -> None:
    path = certificate(tmp_path, address, days)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with speaking_tls(path) as port:
        found = tls(port)
    assert not found.good
    assert "proxy" in found.mend


def test_an_address_where_nobody_answers_is_named() -> None:
    assert not tls(free_port()).good


def test_a_sandbox_needs_neither() -> None:
    settings = Settings(_env_file=None)
    assert doctor._certificate(settings).good  # noqa: SLF001
    assert doctor._proxies(settings).good  # noqa: SLF001


@pytest.mark.parametrize(("proxies", "good"), [("", False), ("10.0.0.0/8", True)])
def test_the_proxy_s_name_is_asked_for(proxies: str, *, good: bool) -> None:
    found = doctor._proxies(production("https://market.example", proxies))  # noqa: SLF001
    assert found.good == good
    assert ("TRUSTED_PROXIES" in found.mend) != good
