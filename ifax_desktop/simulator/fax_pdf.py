"""Writes a PDF as the service's real ones look: PDF 1.1, one Group 4 image of 1728 pixels a page.

Only the frame is made here, from pages that are coded already, so nothing has to be parsed; the same pages
give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

DOTS_ACROSS = 204
DOTS_DOWN_FINE = 196
DOTS_DOWN_STANDARD = 98


@dataclass(frozen=True, slots=True)
class CodedPage:
    """One page: Group 4 data (black is 0), its size in pixels, and its dots per inch downwards."""

    data: bytes
    width: int
    height: int
    dots_down: int = DOTS_DOWN_FINE


def fax_pdf(pages: Sequence[CodedPage]) -> bytes:
    """The PDF of these pages, in order."""
    first = 4  # after catalog, page tree and information
    kids = " ".join(f"{first + 3 * place} 0 R" for place in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [ {kids} ] /Count {len(pages)} >>".encode(),
        b"<< /Creator (Spandsp) /Producer (iFax Desktop practice service) >>",
    ]
    for place, page in enumerate(pages):
        objects += _page_objects(page, first + 3 * place)
    return _file(objects)


def _page_objects(page: CodedPage, number: int) -> list[bytes]:
    across = page.width / DOTS_ACROSS * 72
    down = page.height / page.dots_down * 72
    drawing = f"q {across:.4f} 0 0 {down:.4f} 0 0 cm /Im1 Do Q\n".encode()
    leaf = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across:.4f} {down:.4f}] /Contents {number + 1} 0 R "
        f"/Resources << /XObject << /Im1 {number + 2} 0 R >> /ProcSet [ /ImageB ] >> >>"
    )
    image = (
        f"<< /Type /XObject /Subtype /Image /Name /Im1 /Width {page.width} /Height {page.height} "
        f"/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode "
        f"/DecodeParms << /K -1 /Columns {page.width} /Rows {page.height} >> /Length {len(page.data)} >>"
    )
    return [
        leaf.encode(),
        _stream(f"<< /Length {len(drawing)} >>".encode(), drawing),
        _stream(image.encode(), page.data),
    ]


def _stream(dictionary: bytes, data: bytes) -> bytes:
    return dictionary + b"\nstream\n" + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.1\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\n".encode()
    written += f"startxref\n{table}\n%%EOF\n".encode()
    return bytes(written)
