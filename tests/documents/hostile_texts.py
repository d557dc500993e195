"""Texts that are none or have no end, Word files that explode, and programs under a false name."""

import io
import struct
import zipfile
from typing import Final

from ifax_desktop.documents.protocol import MEGABYTE, Reason
from tests.documents import samples
from tests.documents.hostile import Hostile

NOT_READ: Final = "LibreOffice cannot read this file. It may be damaged or locked with a password. Save it as a PDF and add that."
TOO_LONG_IN_OFFICE: Final = "LibreOffice took too long with this file. Save it as a PDF and add that."
_OVERRIDE: Final = "\N{RIGHT-TO-LEFT OVERRIDE}"
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = _RELATIONS.format(
    f'<Relationship Id="r1" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
)
_WORD: Final = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_KIND}" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{{}}</w:body></w:document>'
)
_HELLO: Final = "<w:p><w:r><w:t>Words</w:t></w:r></w:p>"


def _zip(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def _docx(body: str, more: dict[str, str | bytes] | None = None) -> bytes:
    word = {"[Content_Types].xml": _TYPES, "_rels/.rels": _MAIN, "word/document.xml": _WORD.format(body)}
    return _zip({**word, **(more or {})})


def _docx_bomb() -> bytes:
    """Three million paragraphs."""
    return _docx(_HELLO * 3_000_000)


def _laughing_docx() -> bytes:
    """Ten entities of ten entities each."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    words = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
    body = _WORD.format("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>")
    return _zip({"[Content_Types].xml": _TYPES, "_rels/.rels": _MAIN, "word/document.xml": words + body})


def _active_docx() -> bytes:
    target = "http://127.0.0.1:9/evil.png"
    links = _RELATIONS.format(
        f'<Relationship Id="r9" Type="{_KIND}/image" Target="{target}" TargetMode="External"/>'
    )
    picture = '<w:p><w:r><w:pict><v:shape style="width:99pt;height:99pt"><v:imagedata r:id="r9"/></v:shape></w:pict></w:r></w:p>'
    more: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": links,
        "word/vbaProject.bin": samples.RUBBISH,
    }
    return _docx(_HELLO + picture, more)


def _program() -> bytes:
    return b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(range(256)) * 64


_UNKNOWN: Final = Reason.UNKNOWN_KIND

TEXTS: Final = (
    Hostile("one-line-of-100-mb.txt", lambda: b"x" * (100 * MEGABYTE), Reason.TOO_MANY_PAGES),
    Hostile("one-line-of-4-mb.txt", lambda: b"x" * (4 * MEGABYTE), 1009),
    Hostile("blanks-of-4-mb.txt", lambda: b"a" + b" " * (4 * MEGABYTE - 2) + b"b", 1),
    Hostile("tabs-of-4-mb.txt", lambda: b"a" + b"\t" * (4 * MEGABYTE - 2) + b"b", 1),
    Hostile("new-pages-of-4-mb.txt", lambda: b"a\f" * (2 * MEGABYTE), Reason.TOO_MANY_PAGES),
    Hostile("new-lines-of-4-mb.txt", lambda: b"a\n" * (2 * MEGABYTE), Reason.TOO_MANY_PAGES),
    Hostile("nothing-but-zeros.txt", lambda: bytes(MEGABYTE), _UNKNOWN),
    Hostile("a-program.txt", _program, _UNKNOWN),
    Hostile("mixed-encodings.txt", lambda: "Grüße ".encode() * 9 + "Grüße ".encode("cp1252") * 9, 1),
    Hostile("half-of-utf-16.txt", lambda: ("Grüße " * 99).encode("utf-16")[:-1], 1),
    Hostile("right-to-left.txt", lambda: f"invoice{_OVERRIDE}fdp.exe\n".encode() * 9, 1),
    Hostile("a-thousand-accents.txt", lambda: ("e" + "\u0301" * 1000).encode() * 99, 24),
    Hostile("escapes.txt", lambda: b"\x1b[2J\x1b]0;evil\x07" * 9 + b"words\n" * 99, _UNKNOWN),
    Hostile("hardly-any-encoding.txt", lambda: bytes(range(0x80, 0x100)) * 4096, _UNKNOWN),
)

OFFICE: Final = (
    Hostile("three-million-paragraphs.docx", _docx_bomb, TOO_LONG_IN_OFFICE, slow=True),
    Hostile("ten-in-ten.docx", _laughing_docx, NOT_READ),
    Hostile("only-a-zip.docx", lambda: _zip({"hello.txt": "hello"}), NOT_READ),
    Hostile("macros-and-a-picture-from-elsewhere.docm", _active_docx, 1),
)

FALSE_NAMES: Final = (
    Hostile("a-program.pdf", _program, _UNKNOWN),
    Hostile("a-web-page.pdf", lambda: b"<!DOCTYPE html>\n<html><body>Sign in</body></html>", _UNKNOWN),
    Hostile("a-web-page.html", lambda: b"\n<HTML><body>Hello</body></HTML>", _UNKNOWN),
    Hostile("a-drawing.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', _UNKNOWN),
    Hostile("postscript.pdf", lambda: b"%!PS-Adobe-3.0\n0 1 0 {} for\n", _UNKNOWN),
    Hostile("a-zip.pdf", lambda: _zip({"hello.txt": "hello"}), _UNKNOWN),
    Hostile("an-old-word-file.pdf", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), _UNKNOWN),
    Hostile("a-letter.exe", samples.letter, 1),
    Hostile("rubbish.bin", lambda: samples.RUBBISH, _UNKNOWN),
    Hostile(
        "a-sound.wav", lambda: b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(range(99)), _UNKNOWN
    ),
    Hostile("zip-of-a-zip.zip", lambda: _zip({"a.zip": _zip({"b": bytes(MEGABYTE)})}), _UNKNOWN),
)

FILES: Final = TEXTS + OFFICE + FALSE_NAMES
