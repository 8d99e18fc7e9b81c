"""What a JSON Schema finds wrong, in sentences. The cure is the schema's own ``description``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from bot.library.errors import ContentError
from bot.library.reading import Document, Keys, field_name

TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a set of fields",
    "null": "nothing",
}

_formats = FormatChecker(formats=())


@_formats.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and bool(dt.date.fromisoformat(value)))


def violations(document: Document, schema_path: Path) -> list[ContentError]:
    """Everything in the document's data that the schema does not allow.

    Raises:
        OSError, ValueError: the schema can't be read.
    """
    changed = schema_path.stat().st_mtime_ns
    if _fast(schema_path, changed).is_valid(document.data):
        return []
    found = _validator(schema_path, changed).iter_errors(document.data)
    return [error for each in found for error in _sentences(document, each)]


@lru_cache(maxsize=32)
def _fast(path: Path, changed: int) -> jsonschema_rs.Draft202012Validator:
    """Says whether a document is valid, which nearly all are, at a fiftieth of the time."""
    return jsonschema_rs.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")), validate_formats=True)


@lru_cache(maxsize=32)
def _validator(path: Path, changed: int) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")), format_checker=_formats)


def _sentences(document: Document, error: ValidationError) -> Iterator[ContentError]:
    keys: Keys = tuple(error.absolute_path)
    properties: dict[str, Any] = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    instance: Any = error.instance
    required: Any = error.validator_value
    if error.validator == "required":
        for name in required:
            if name not in instance:
                cure = properties.get(name, {}).get("description", "Add it.")
                yield document.error((*keys, name), f"'{name}' is missing.", cure)
    elif error.validator == "additionalProperties":
        for name in instance:
            if name not in properties:
                cure = f"The fields are: {', '.join(properties)}."
                yield document.error((*keys, name), f"There is no field '{name}' here.", cure)
    else:
        cure = str(error.schema.get("description", "")) if isinstance(error.schema, dict) else ""
        yield document.error(keys, _message(keys, error), cure)


def _message(keys: Keys, error: ValidationError) -> str:
    value: Any = error.instance
    limit: Any = error.validator_value
    what = _short(value)
    match error.validator:
        case "type":
            return f"{what} is {_type_of(value)}, not {' or '.join(TYPES[each] for each in _as_list(limit))}."
        case "enum":
            return f"{what} is not allowed."
        case "pattern":
            return f"{what} is not written as it should be."
        case "format":
            return f"{what} is not a day."
        case "minItems":
            return f"The list has {len(value)}, but needs at least {limit}."
        case "maxItems":
            return f"The list has {len(value)}, but may have at most {limit}."
        case "uniqueItems":
            return f"The list has {_short(_repeated(value))} twice."
        case "minLength" | "minProperties":
            return f"{field_name(keys).capitalize() or 'It'} is empty."
        case "maxLength":
            return f"The text has {len(value)} characters, but may have at most {limit}."
        case "minimum" | "exclusiveMinimum":
            return f"{what} is too small."
        case "maximum" | "exclusiveMaximum":
            return f"{what} is too large."
    return f"{error.message}."


def _short(value: Any) -> str:
    if isinstance(value, dict | list) or value is None:
        return "This"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


def _type_of(value: Any) -> str:
    kind = {bool: "boolean", int: "integer", float: "number", list: "array", dict: "object", type(None): "null"}
    return TYPES[kind.get(type(value), "string")]


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _repeated(values: list[Any]) -> Any:
    return next((value for index, value in enumerate(values) if value in values[:index]), None)
