"""Discord's published API description, held against everything the bot sends.

`DISCORD_OPENAPI` names the description. Without it only the rules that it does not hold are checked, and the end of
the run says so.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from tests.references import DISCORD_API

DESCRIPTION = DISCORD_API.file()
COMPONENTS_V2 = 1 << 15


@cache
def described() -> dict[str, Any]:
    assert DESCRIPTION is not None
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


@cache
def _validator(pattern: str, method: str) -> Any:
    body = described()["paths"][pattern][method]["requestBody"]["content"]
    schema = body.get("application/json", next(iter(body.values())))["schema"]
    return jsonschema_rs.validator_for({**schema, "components": described()["components"]})


@cache
def _routes() -> list[tuple[re.Pattern[str], str]]:
    paths = sorted(described()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in paths]


def _route(path: str, method: str) -> str | None:
    for pattern, name in _routes():
        if pattern.match(path) and "requestBody" in described()["paths"][name].get(method, {}):
            return name
    return None


def violations(method: str, path: str, body: Any) -> list[str]:
    """Everything Discord would refuse in one request of the bot's."""
    if not body:
        return []
    found: list[str] = []
    body = _with_text_ids(body)
    if DESCRIPTION is not None and (route := _route(path.split("?", maxsplit=1)[0], method.lower())):
        found += [
            f"{error.instance_path}: {error.message[:300]}"
            for error in _validator(route, method.lower()).iter_errors(body)
        ]
    message = body.get("data", body) if isinstance(body, dict) else {}
    if isinstance(message, dict) and message.get("components"):
        found += _message_violations(message)
    if isinstance(body, dict) and body.get("type") == 8:
        choices = body["data"]["choices"]
        found += [f"{len(choices)} choices"] if len(choices) > 25 else []
        for one in choices:
            found += _too_long("a choice's name", one["name"], 100) + _too_long("its value", str(one["value"]), 100)
    if isinstance(body, dict) and "/threads" in path:
        found += _too_long("a thread's name", body.get("name", ""), 100)
    if isinstance(body, dict) and body.get("type") == 9:
        found += _form_violations(body["data"])
    return [f"{method} {path}: {problem}" for problem in found]


# Fields in which the client library sends ids as numbers.
_WITH_IDS = ("roles", "users", "default_values", "attachments", "recipient_id")


def _with_text_ids(body: Any, inside: str = "") -> Any:
    """Discord takes ids as numbers too, which is how its client library sends these; the description says text."""
    if isinstance(body, dict):
        return {name: _with_text_ids(value, inside if name == "id" else name) for name, value in body.items()}
    if isinstance(body, list):
        return [_with_text_ids(value, inside) for value in body]
    return str(body) if type(body) is int and inside in _WITH_IDS else body


def _walk(components: Any) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", ()))
        if "accessory" in component:
            yield component["accessory"]
        if "component" in component:
            yield component["component"]


def _units(text: str) -> int:
    """UTF-16 code units: Discord's servers count code points, its clients these, which are never fewer."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _too_long(what: str, text: str | None, most: int) -> list[str]:
    return [f"{what} of {_units(text)} characters"] if text and _units(text) > most else []


def _form_violations(form: dict[str, Any]) -> Iterator[str]:
    yield from _too_long("title", form["title"], 45) + _too_long("custom id", form["custom_id"], 100)
    for label in form["components"]:
        field = label["component"]
        yield from _too_long("label", label.get("label"), 45) + _too_long("hint", field.get("placeholder"), 100)
        yield from _too_long("what stands in it", field.get("value"), field.get("max_length", 4000))


def _message_violations(message: dict[str, Any]) -> Iterator[str]:
    """The rules that the description does not hold."""
    components = list(_walk(message["components"]))
    if len(components) > 40:
        yield f"{len(components)} components"
    if sum(_units(c["content"]) for c in components if c.get("type") == 10) > 4000:
        yield "more than 4,000 characters of text"
    twice = [i for i, n in Counter(c["custom_id"] for c in components if "custom_id" in c).items() if n > 1]
    if twice:
        yield f"custom ids given twice: {twice}"
    if message.get("flags", 0) & COMPONENTS_V2 and (message.get("content") or message.get("embeds")):
        yield "content or embeds beside Components V2"
    for component in components:
        yield from _too_long("custom id", component.get("custom_id"), 100)
        yield from _too_long("address", component.get("url"), 512)
        yield from _too_long("placeholder", component.get("placeholder"), 150)
        if component.get("type") == 2:
            yield from _too_long("button label", component.get("label"), 80)
        for option in component.get("options", ()):
            yield from _too_long("option", option["label"], 100) + _too_long("its value", option["value"], 100)
        if component.get("type") == 10 and not component["content"].strip():
            yield "an empty text"
        if component.get("type") == 1 and len(component["components"]) > 5:
            yield "more than five buttons in a row"
