"""Finds facts in the text of a fax, as the service's NLP would: numbers, dates, amounts, names.

Nothing is guessed beyond the text: every value stands in it word for word. Which facts the real service finds, and
what it calls them, is not known; `invoice_no` is the one name in the wire contract.
"""

import re
from collections.abc import Iterator

MOST = 100

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"\d{{1,2}}[ -]{_MONTH}[ -]\d{{4}}|{_MONTH}[ -]\d{{1,2}}[,.]?[ -]\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2} ?/ ?\d{1,2} ?/ ?\d{4}|\d{1,2}-\d{1,2}-\d{4}"
)
_AMOUNT = r"(?:[$€£] ?\d[\d,]*(?:\.\d{2})?|\d[\d,]*\.\d{2}(?: ?(?:USD|EUR|GBP|dollars))?)"
_THING = "invoice|case|claim|order|report|permit|file|reference|policy|member|account|prescription|sample|authorization"
_TITLE = r"(?:Dr|Mr|Ms|Mrs|Prof)\."
_NAME = r"(?:[A-Z][a-z]+ [A-Z][a-z]+|[A-Z]{2,}, [A-Z]{2,})"

_PATTERNS = (
    (
        r"\b(?P<name>{thing})(?: +(?:no\.?|number|nr\.?|id))? *[:#]? +(?P<value>[A-Z]{{0,4}}-?\d[\w/-]*(?: \d{{3}})*)",
        True,
    ),
    (r"\b(?:born|date of birth) *:? +(?P<date_of_birth>{date})", True),
    (r"\b(?P<name>total|subtotal|amount due|balance)\b[, :]*(?:USD|EUR|GBP)? *(?P<value>{amount})", True),
    (r"\b(?P<date>{date})", True),
    (r"(?<![\w.])(?P<amount>[$€£] ?\d[\d,]*(?:\.\d{{2}})?|\d[\d,]*\.\d{{2}} ?(?:USD|EUR|GBP|dollars))", True),
    (r"(?<!\w)(?P<phone>\+\d[\d ]{{8,16}}\d)", False),
    (r"\bNumber +(?P<number>[A-Z]{{1,4}}-\d[\w-]*)", False),
    (r"\b(?:Patient|Member)\b:? +(?P<patient>{name})", False),
    (r"(?<!\w)(?P<person>{title} (?:[A-Z]\. )?[A-Z][a-z]+(?: [A-Z][a-z]+)?)", False),
)


def _compiled() -> Iterator[re.Pattern[str]]:
    for pattern, any_case in _PATTERNS:
        filled = pattern.format(thing=_THING, date=_DATE, amount=_AMOUNT, name=_NAME, title=_TITLE)
        yield re.compile(filled, re.IGNORECASE if any_case else 0)


_ALL = tuple(_compiled())


def find_facts(text: str) -> list[dict[str, str]]:
    """The facts of a text in the order in which they stand there, each with a name and a value; each once."""
    found = sorted(
        (match.start(), order, *_fact(match))
        for order, one in enumerate(_ALL)
        for match in one.finditer(text)
    )
    facts = dict.fromkeys((name, value) for _, _, name, value in found)
    for name, value in list(facts):
        if name == "date_of_birth":
            facts.pop(("date", value), None)  # not any date
    return [{"name": name, "value": value} for name, value in list(facts)[:MOST]]


def _fact(match: re.Match[str]) -> tuple[str, str]:
    parts = {name: value for name, value in match.groupdict().items() if value}
    if "name" in parts:
        name = parts["name"].lower().replace(" ", "_")
        return (name if _is_money(name) else f"{name}_no"), " ".join(parts["value"].split())
    ((name, value),) = parts.items()
    return name, " ".join(value.split())


def _is_money(name: str) -> bool:
    return name in ("total", "subtotal", "amount_due", "balance")
