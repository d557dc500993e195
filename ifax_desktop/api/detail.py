"""What support may see of a failure: the raw facts, without the key and without full numbers."""

import json
import re

MOST_CHARACTERS = 2000
_READ = 64 * 1024
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
    if isinstance(data, dict):
        fields = (f"{name}: {type(value).__name__}" for name, value in data.items())
        return hide("object with " + ", ".join(sorted(fields)))[:MOST_CHARACTERS]
    size = f" of {len(data)}" if isinstance(data, str | bytes | list) else ""
    return f"{type(data).__name__}{size}"
