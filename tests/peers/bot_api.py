"""Holds calls of the Bot API against its machine-readable description, where that is at hand, and against the
limits we know in any case.

The description is PaulSonOfLars/telegram-bot-api-spec's `api.json`; SCHEMAS_DIR names the folder it lies in.
"""

import json
import os
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("SCHEMAS_DIR", Path(__file__).parents[3] / "shared" / "schemas"))
PRIMITIVES: dict[str, Any] = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float)}
LIMIT = re.compile(r"(\d+)-(\d+) (characters|bytes)")


@cache
def description() -> dict[str, Any] | None:
    """Return the API's description, None where there is no file."""
    file = FOLDER / "telegram-api.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def faults(method: str, parameters: dict[str, Any]) -> list[str]:
    """Return what is wrong with a call; empty is the only good answer."""
    found = _known_limits(method, parameters)
    api = description()
    if api is not None:
        found += _fields(api, parameters, api["methods"][method].get("fields", []), method)
    return found


def _known_limits(method: str, parameters: dict[str, Any]) -> list[str]:
    found = []
    for name, most in (("text", 4_096), ("caption", 1_024)):
        if name in parameters:
            visible = unescape(re.sub(r"</?b>", "", parameters[name]))
            if _units(visible) > most or (name == "text" and not visible.strip()):
                found.append(f"{method}.{name}: {_units(visible)} units")
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    found += [f"{method}: a row of {len(row)}" for row in rows if not 1 <= len(row) <= 8]
    found += [f"{method}: {len(buttons)} buttons"] if len(buttons) > 100 else []
    for button in buttons:
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            found.append(f"{method}: callback_data of {len(data.encode())} bytes")
        if not button["text"].strip() or (data is None) == ("url" not in button):
            found.append(f"{method}: button {button}")
    return found


def _fields(api: dict[str, Any], value: dict[str, Any], fields: list[dict[str, Any]], path: str) -> list[str]:
    known = {field["name"]: field for field in fields}
    found = [f"{path}.{name}: unknown" for name in value if name not in known]
    for name, field in known.items():
        if name not in value:
            found += [f"{path}.{name}: missing"] if field["required"] else []
            continue
        found += _fewest([_type(api, value[name], kind, f"{path}.{name}") for kind in field["types"]])
        limit = LIMIT.search(field.get("description", ""))
        if limit and isinstance(value[name], str) and name not in {"text", "caption"}:  # counted when parsed
            size = len(value[name].encode()) if limit[3] == "bytes" else _units(value[name])
            if not int(limit[1]) <= size <= int(limit[2]):
                found.append(f"{path}.{name}: {size} {limit[3]}")
    return found


def _type(api: dict[str, Any], value: Any, kind: str, path: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path}: not a list"]
        inner = kind.removeprefix("Array of ")
        return [fault for i, item in enumerate(value) for fault in _type(api, item, inner, f"{path}[{i}]")]
    if kind in PRIMITIVES:
        good = isinstance(value, PRIMITIVES[kind]) and not (kind == "Integer" and isinstance(value, bool))
        return [] if good else [f"{path}: not {kind}"]
    described = api["types"].get(kind, {})
    if "subtypes" in described:
        return _fewest([_type(api, value, sub, path) for sub in described["subtypes"]])
    if not isinstance(value, dict):
        return [] if kind == "InputFile" and isinstance(value, str | bytes) else [f"{path}: not a {kind}"]
    return _fields(api, value, described.get("fields", []), path)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fewest(readings: list[list[str]]) -> list[str]:
    return min(readings, key=len)
