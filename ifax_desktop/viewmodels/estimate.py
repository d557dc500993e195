"""What a fax will take of time and money, in words: always "about", as only the two machines and the bill know."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from ifax_desktop.domain.limits import MOST_DOCUMENT
from ifax_desktop.domain.line_time import CodedSize, fax_time, page_time
from ifax_desktop.domain.price import Price
from ifax_desktop.viewmodels.wording import minutes

translate = QCoreApplication.translate

_LONG = 120.0
"""Seconds from which a page is worth naming."""


def estimate_words(sizes: Mapping[int, CodedSize], price: Price | None) -> str:
    """How long a fax keeps the line, which page takes most of it, and what it costs. `sizes` are by page number."""
    if not sizes:
        return ""
    usual = fax_time(sizes.values()).usual
    slowest = max(sizes, key=lambda number: page_time(sizes[number]).usual)
    time = page_time(sizes[slowest]).usual
    if time >= _LONG and len(sizes) > 1:
        words = translate("compose", "{0}, of which page {1} takes {2}")
        whole = words.format(minutes(usual), slowest, minutes(time))
    else:
        whole = minutes(usual)
    if price is not None:
        whole = translate("compose", "{0}, about {1}").format(whole, price.times(len(sizes)))
    return whole[:1].upper() + whole[1:]


def estimate_details(sizes: Mapping[int, CodedSize], size: int) -> str:
    """What the estimate stands on; `size` are the bytes that go to the service, 0 if they are not known."""
    time = fax_time(sizes.values())
    words = translate(
        "compose",
        "On the line, by the real size of the pages. With a good line and a good machine {0} (14,400 bits a second, MMR), "
        "usually {1} (9,600, MR), with an old machine {2} (9,600, MH).",
    )
    details = words.format(minutes(time.shortest), minutes(time.usual), minutes(time.longest))
    if not size:
        return details
    handed = translate("compose", "{0} are handed to the service, which takes {1}.")
    return f"{details} {handed.format(_megabytes(size), _megabytes(MOST_DOCUMENT))}"


def _megabytes(size: int) -> str:
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
