"""One spelling of facts and guidance as JSON: equal things have equal hashes."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256


def canonical_json(value: object) -> str:
    """JSON with sorted keys and sets, ISO dates and no spaces."""
    return json.dumps(
        value,
        default=_spelled,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def sha256_of(value: object) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical_json(value).encode()).hexdigest()


def _spelled(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical spelling")
