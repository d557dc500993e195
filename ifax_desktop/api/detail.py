"""What support may see of a failure: the raw facts, without the key and without full numbers."""

import json
import re

MOST_CHARACTERS = 2000
_READ = 64 * 1024
_DEEPEST = 3
_KINDS: dict[type, str] = {
    str: "text",
    bool: "truth value",
    int: "number",
    float: "number",
    type(None): "nothing",
    list: "list",
}
_NUMBER = re.compile(r"\+?\(?\d(?:[ ().-]{0,2}\d){7,}")


def hide(text: str, key: str = "") -> str:
    """The text with the key and everything that could be a full fax number taken out."""
    for form in {key, json.dumps(key)[1:-1]} - {""}:
        text = text.replace(form, "[key]")
    return _NUMBER.sub(lambda match: f"…{match[0][-2:]}", text)


def of_answer(status: int, body: bytes, key: str = "") -> str:
    """HTTP status and the beginning of the body."""
    text = body[:_READ].decode("utf-8", "replace")
    return f"HTTP {status}\n{hide(text, key)[:MOST_CHARACTERS]}".rstrip()


def of_exception(error: BaseException, key: str = "") -> str:
    """The technical name and words of what went wrong on the way."""
    return hide(f"{type(error).__name__}: {error}", key)[:MOST_CHARACTERS]


def of_shape(data: object) -> str:
    """Types and field names of an answer, no values."""
    return hide(_shape(data, _DEEPEST))[:MOST_CHARACTERS]


def _shape(data: object, deep: int) -> str:
    if isinstance(data, dict) and deep:
        fields = (f"{name}: {_shape(value, deep - 1)}" for name, value in data.items())
        return f"object with {', '.join(sorted(fields))}" if data else "empty object"
    if isinstance(data, list):
        rows = f": {_shape(data[0], deep - 1)}" if data and deep else ""
        return f"list of {len(data)}{rows}"
    kind = _KINDS.get(type(data), "object")
    return f"{kind} of {len(data)}" if isinstance(data, str) else kind
