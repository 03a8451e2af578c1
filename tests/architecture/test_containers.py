"""The composed stack gives each container what it needs and no more; each rule is seen to bite."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = sorted(COMPOSE["services"])
STORES = {"postgres", "valkey", "rabbitmq"}
TO_BECOME_A_USER = {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}
PUBLISHED_HERE = re.compile(r"127\.0\.0\.1:[^:]+(?::-?\d+)?\}?:\d+")
Service = dict[str, Any]


def wrong_with(name: str, service: Service) -> set[str]:
    """Return the rules that a service of the stack breaks."""
    allowed = TO_BECOME_A_USER if name in STORES else set()
    rules: dict[str, bool] = {
        "read_only": service.get("read_only") is True,
        "cap_drop": service.get("cap_drop") == ["ALL"],
        "cap_add": set(service.get("cap_add", ())) <= allowed,
        "no-new-privileges": "no-new-privileges:true" in service.get("security_opt", ()),
        "mem_limit": bool(re.fullmatch(r"\d+[mg]", str(service.get("mem_limit", "")))),
        "pids_limit": 0 < service.get("pids_limit", 0) <= 1_024,
        "tmpfs": "/tmp" in service.get("tmpfs", ()),  # noqa: S108  (the container's own)
        "ports": all(PUBLISHED_HERE.fullmatch(port) for port in service.get("ports", ())),
        "only api has a port": name == "api" or not service.get("ports"),
        "privileged": not service.get("privileged"),
        "no host's rooms": not {"network_mode", "pid", "ipc", "devices"} & set(service),
        "no host's folders": not any(v.startswith(("/", ".", "~")) for v in service.get("volumes", ())),
        "user": service.get("user", "market") not in {"root", "0", 0},
        "no default secret": all(map(_asked_for, _secrets(service))),
        "a version": name not in STORES or bool(re.search(r":\d", service.get("image", ""))),
    }
    return {rule for rule, kept in rules.items() if not kept}


def _secrets(service: Service) -> list[str]:
    environment = service.get("environment", {})
    return [
        str(value)
        for name, value in environment.items()
        if re.search(r"PASS|KEY|SECRET|TOKEN|AUTH|_URL", name)
    ]


def _asked_for(value: str) -> bool:
    """Tell whether a secret comes from outside or stops the start."""
    return ":?" in value and not re.search(r"\$\{\w+:?-", value)


@pytest.mark.parametrize("name", SERVICES)
def test_each_container_may_do_little(name: str) -> None:
    assert wrong_with(name, COMPOSE["services"][name]) == set()


def without(key: str) -> Callable[[Service], None]:
    return lambda service: service.pop(key)


def having(**values: Any) -> Callable[[Service], None]:  # noqa: ANN401
    return lambda service: service.update(values)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (without("read_only"), "read_only"),
        (having(read_only=False), "read_only"),
        (without("cap_drop"), "cap_drop"),
        (having(cap_drop=["NET_RAW"]), "cap_drop"),
        (having(cap_add=["SYS_ADMIN"]), "cap_add"),
        (without("security_opt"), "no-new-privileges"),
        (without("mem_limit"), "mem_limit"),
        (having(mem_limit=0), "mem_limit"),
        (without("pids_limit"), "pids_limit"),
        (having(pids_limit=-1), "pids_limit"),
        (without("tmpfs"), "tmpfs"),
        (having(ports=["8000:8000"]), "ports"),
        (having(ports=["0.0.0.0:8000:8000"]), "ports"),
        (having(ports=["127.0.0.1:8000:8000", "[::]:8001:8000"]), "ports"),
        (having(privileged=True), "privileged"),
        (having(network_mode="host"), "no host's rooms"),
        (having(volumes=["/var/run/docker.sock:/var/run/docker.sock"]), "no host's folders"),
        (having(user="root"), "user"),
        (having(environment={"SECRET_KEYS": "changeme"}), "no default secret"),
        (having(environment={"SECRET_KEYS": "${SECRET_KEYS:-changeme}"}), "no default secret"),
    ],
)
def test_each_rule_bites(change: Callable[[Service], None], rule: str) -> None:
    service = copy.deepcopy(COMPOSE["services"]["api"])
    change(service)
    assert wrong_with("api", service) == {rule}


@pytest.mark.parametrize("name", sorted(STORES | {"worker"}))
def test_nothing_but_the_web_has_a_port(name: str) -> None:
    service = {**COMPOSE["services"][name], "ports": ["127.0.0.1:5432:5432"]}
    assert wrong_with(name, service) == {"only api has a port"}


def wrong_with_image(dockerfile: str) -> set[str]:
    """Return the rules that a Dockerfile breaks."""
    lines = [line for line in dockerfile.replace("\\\n", " ").splitlines() if line and line[0] != "#"]
    last = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]
    users = [line.split()[1] for line in last if line.startswith("USER ")]
    commands = [line for line in last if line.startswith("CMD ")]
    rules = {
        "user": bool(users) and users[-1] not in {"root", "0"},
        "version": all(re.search(r":\d", line) for line in lines if line.startswith("FROM")),
        "no ADD": not any(line.startswith("ADD ") for line in lines),
        "no secret": not any(
            re.match(r"(?:ARG|ENV)\b.*(?:KEY|SECRET|PASSWORD|TOKEN)", line) for line in lines
        ),
        "hashes": all("--require-hashes" in line for line in lines if "pip install" in line),
        "no shell": bool(commands) and isinstance(json.loads(commands[-1].removeprefix("CMD ")), list),
        "only what runs": not any(re.match(r"COPY\s+\.\s", line) for line in lines),
    }
    return {rule for rule, kept in rules.items() if not kept}


IMAGE = (ROOT / "Dockerfile").read_text()


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert wrong_with_image(IMAGE) == set()


@pytest.mark.parametrize(
    ("image", "rule"),
    [
        (IMAGE.replace("USER market\n", ""), "user"),
        (IMAGE + "USER root\n", "user"),
        (IMAGE.replace("python:3.11-slim", "python:latest"), "version"),
        (IMAGE.replace("COPY api api", "ADD api api"), "no ADD"),
        (IMAGE.replace("COPY api api", "ENV SECRET_KEYS=x"), "no secret"),
        (IMAGE.replace("--require-hashes", ""), "hashes"),
        (IMAGE.replace("COPY api api", "COPY . /app"), "only what runs"),
    ],
)
def test_each_rule_of_the_image_bites(image: str, rule: str) -> None:
    assert wrong_with_image(image) == {rule}
