"""Examines every setting and service, and says how to mend what is not well."""

import shutil
import socket
import ssl
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from kombu import Connection
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bots.doors import registry
from core import migrate
from core.kit.actors import SYSTEM
from core.kit.checks import Finding
from core.kit.clock import wall_now
from core.kit.database import connect
from core.kit.work import begin
from core.ledger import service as ledger
from core.messaging import outbox
from core.networks import choose as networks
from core.payments.rails import choose as rails
from core.settings import EMBEDDED, PlayInProduction, Settings
from market import embedded

POSTGRES_OLDEST, POSTGRES_NEWEST = 15, 18
DISK_BYTES_MIN = 400_000_000
TIMEOUT_SECONDS = 5
HTTPS_PORT, CERTIFICATE_DAYS_MIN, SECONDS_PER_DAY = 443, 14, 86_400
TLS_MEND = "Put a proxy that ends TLS before the web server (docs/operations.md)."


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; nothing is changed."""
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    findings = [_python(), _disk(settings), _environment(settings), _port(settings)]
    findings += [_certificate(settings), _proxies(settings)]
    findings += _database(settings)
    findings += [_queue(settings, name) for name in ("broker_url", "cache_url")]
    findings += vendors(settings)
    return findings


def vendors(settings: Settings) -> list[Finding]:
    """Say which payment provider and which networks are chosen, and whether they suit the environment."""
    return [_payments(settings), _networks(settings)]


def _payments(settings: Settings) -> Finding:
    facts = rails.RAILS[settings.payment_rail].facts
    found = f"{facts.name} rail{' (play money)' if facts.play_money else ''}"
    return _vendor(settings, "Payments", found, "PAYMENT_RAIL", rails.check)


def _networks(settings: Settings) -> Finding:
    network = networks.NETWORKS[settings.social_networks]
    found = f"{network.name}{' (of play)' if network.is_play else ''}"
    return _vendor(settings, "Networks", found, "SOCIAL_NETWORKS", networks.check)


def _vendor(
    settings: Settings, name: str, found: str, setting: str, check: Callable[[Settings], None]
) -> Finding:
    try:
        check(settings)
    except PlayInProduction:
        return Finding(name, good=False, found=found, mend=f"Set {setting} to a real one for production.")
    return Finding(name, good=True, found=found)


def examine_channels(settings: Settings) -> list[Finding]:
    """Ask each chat app how it sees us; nothing is changed."""
    return [finding for door in registry.DOORS for finding in door.findings(settings)]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    return Finding("Python", good, version, "" if good else "Install Python 3.11 or newer.")


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.state_dir).free
    good = free >= DISK_BYTES_MIN
    return Finding("Disk", good, f"{free // 1_000_000} MB free", "" if good else "Make room in STATE_DIR.")


def _environment(settings: Settings) -> Finding:
    return Finding("Environment", good=True, found=f"{settings.environment}, {settings.public_url}")


def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        used = probe.connect_ex((settings.host, settings.port)) == 0
    found = "something answers (the web server, if it runs)" if used else "free"
    return Finding(f"Port {settings.port}", good=True, found=found)


def _certificate(settings: Settings) -> Finding:
    """Call our own address as a browser would: is its certificate trusted, and for how long?"""
    address = urlsplit(settings.public_url)
    if address.scheme != "https":
        return Finding("TLS", settings.sandbox, "none: plain HTTP", "" if settings.sandbox else TLS_MEND)
    host, port = address.hostname or "", address.port or HTTPS_PORT
    try:
        with (
            socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as connection,
        ):
            ends = ssl.cert_time_to_seconds(str((connection.getpeercert() or {})["notAfter"]))
            version = connection.version()
    except (OSError, ValueError) as error:
        reason = getattr(error, "verify_message", "") or str(error) or type(error).__name__
        return Finding("TLS", good=False, found=reason, mend=TLS_MEND)
    days = int((ends - wall_now().timestamp()) // SECONDS_PER_DAY)
    good = days >= CERTIFICATE_DAYS_MIN
    mend = "" if good else "Renew the certificate; does its renewal run by itself?"
    return Finding("TLS", good, f"{version}, the certificate ends in {days} days", mend)


def _proxies(settings: Settings) -> Finding:
    """Outside a sandbox a proxy ends TLS: unless it is named, everybody seems to come from its address."""
    named = ", ".join(settings.proxies)
    good = bool(named) or settings.sandbox
    mend = "" if good else "Name the proxy that ends TLS in TRUSTED_PROXIES: else all people share one limit."
    return Finding("Proxies", good, named or "none named", mend)


def _database(settings: Settings) -> list[Finding]:
    url = settings.database_url.get_secret_value()
    server: embedded.EmbeddedPostgres | None = None
    if url == EMBEDDED:
        server = embedded.EmbeddedPostgres(settings.state_dir.resolve())
        try:
            url = server.start()
        except embedded.ServerNotStarted as error:
            return [Finding("PostgreSQL", good=False, found="embedded", mend=str(error))]
    try:
        return _inside(url)
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        return [Finding("PostgreSQL", good=False, found=reason, mend="Check DATABASE_URL and that it runs.")]
    finally:
        if server is not None:
            server.stop()


def _inside(url: str) -> list[Finding]:
    database = connect(url)
    with database.engine.connect() as connection:
        version = str(connection.scalar(text("SHOW server_version")))
        encoding = str(connection.scalar(text("SHOW server_encoding")))
    major = int(version.split(".", maxsplit=1)[0])
    fits = POSTGRES_OLDEST <= major <= POSTGRES_NEWEST
    findings = [
        Finding("PostgreSQL", fits, version, "" if fits else "Use PostgreSQL 15 to 18."),
    ]
    if encoding != "UTF8":
        mend = "Make the database anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
        findings.append(Finding("Encoding", good=False, found=encoding, mend=mend))
    waiting = migrate.pending(database.engine)
    mend = "Run `python -m market migrate`." if waiting else ""
    found = "a migration waits" if waiting else "up to date"
    findings.append(Finding("Schema", not waiting, found, mend))
    if not waiting:
        with begin(database, SYSTEM) as work:
            broken, parked = ledger.violations(work), outbox.parked(work)
        mend = "Run `python -m market ledger check`." if broken else ""
        findings.append(Finding("Ledger", not broken, f"{len(broken)} violations", mend))
        mend = "Open the operators' console." if parked else ""
        findings.append(Finding("Promises", not parked, f"{len(parked)} parked", mend))
    database.engine.dispose()
    return findings


def _queue(settings: Settings, name: str) -> Finding:
    """Knock at the broker or the cache, with the library that will use it."""
    url = getattr(settings, name).get_secret_value()
    label = name.upper()
    if url == EMBEDDED:
        try:
            embedded.valkey_bin()
        except embedded.ServerNotStarted as error:
            return Finding(label, good=False, found="embedded", mend=str(error))
        return Finding(label, good=True, found="embedded Valkey")
    try:
        with Connection(url, connect_timeout=TIMEOUT_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0)
            kind = connection.transport.driver_type
    except Exception as error:  # noqa: BLE001  (each broker's library raises its own)
        reason = str(error).partition("\n")[0] or type(error).__name__
        return Finding(label, good=False, found=reason, mend=f"Check {label} and that it runs.")
    return Finding(label, good=True, found=f"{kind} answers")
