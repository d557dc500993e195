"""Which word the service is told for each of our qualities, as `faxQuality` (wire contract, section 6).

Nobody outside the service knows how many lines its words stand for: Low and Standard are taken for 98 lines to the inch
and HD for 196, and there is none for 391. So this is data, which a file of the user's corrects (`corrections`).
"""

from collections.abc import Mapping
from typing import Final

from ifax_desktop.domain.quality import Quality

Qualities = Mapping[Quality, str]

FAX_QUALITY: Final[Qualities] = {
    Quality.LOW: "Low",
    Quality.STANDARD: "Standard",
    Quality.HD: "HD",
    Quality.SUPERFINE: "HD",
}
