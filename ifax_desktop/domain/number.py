"""A fax number: read what people type, keep it as E.164, show it so that it can be read aloud."""

from dataclasses import dataclass, field

from ifax_desktop.domain.errors import WrongNumber

NO_BREAK = "\N{NO-BREAK SPACE}"
_NORTH_AMERICAN_DIGITS = 10
_WORDS = ("No digit", "One digit", "Two digits", "Three digits", "Four digits", "Five digits", "Six digits")


@dataclass(frozen=True, slots=True)
class FaxNumber:
    """A number that can be dialled."""

    e164: str = field(repr=False)
    """A plus and up to 15 digits, the form the service wants (wire contract, section 6)."""

    def __str__(self) -> str:
        return show(self.e164)


def parse(text: str, region: str = "US") -> FaxNumber:
    """Read a number as people type it; `region` (ISO 3166) tells the country where none is given.

    Raises WrongNumber with a sentence that says what is missing.
    """
    import phonenumbers  # 22 ms, and the first window shows no number yet

    if not text.strip():
        raise WrongNumber("Type the fax number.")
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise WrongNumber("This is not a fax number.", str(error)) from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    digits = phonenumbers.national_significant_number(number)
    if reason in (
        phonenumbers.ValidationResult.TOO_SHORT,
        phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
    ):
        raise WrongNumber(_too_short(number.country_code or 0, digits))
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise WrongNumber("This number has too many digits.")
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise WrongNumber("This is not a fax number.")
    return FaxNumber(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def show(number: str) -> str:
    """Group the digits of an E.164 number with spaces that never break; anything else comes back as it is.

    The service may send numbers without their country digit (wire contract, section 7): those stay as they are.
    """
    if number.startswith("+1") and len(number) == 12 and number[1:].isdigit():
        return NO_BREAK.join((number[:2], number[2:5], number[5:8], number[8:]))
    if not number.startswith("+"):
        return number
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    grouped = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return grouped.replace("-", NO_BREAK).replace(" ", NO_BREAK)


def masked(number: str) -> str:
    """The number as logs may hold it: the last two digits only."""
    return f"…{number[-2:]}" if len(number) > 4 else "…"


def _too_short(country: int, digits: str) -> str:
    missing = _NORTH_AMERICAN_DIGITS - len(digits)
    if country == 1 and 0 < missing < len(_WORDS):
        return f"{_WORDS[missing]} {'is' if missing == 1 else 'are'} missing."
    return "This number is too short."
