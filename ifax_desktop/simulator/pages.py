"""The child process that looks into a document: its page count, or with the word `text` the text of its pages.

Started as `python -I -m ifax_desktop.simulator.pages`, with an empty environment; the document comes on stdin. With
`page_text` the only module of the simulator that opens a file somebody gave it, and never in the program's own
process. It ends with status 1 and a word on stderr if the document cannot be read, and is killed by its own limits
if it runs wild.
"""

import io
import sys

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 20
TEXT = "text"


def main() -> int:
    """Count or read the pages of the document on stdin. Returns the exit status."""
    _limit()
    content = sys.stdin.buffer.read()
    if sys.argv[-1] == TEXT:
        from ifax_desktop.simulator.page_text import write_text

        return write_text(content)
    try:
        pages = _pdf_pages(content) if b"%PDF-" in content[:1024] else _image_pages(content)
    except Exception as error:  # noqa: BLE001  # parsers raise anything; all of it means "cannot be read"
        sys.stderr.write(f"{type(error).__name__}\n")
        return 1
    if pages < 1:
        sys.stderr.write("no pages\n")
        return 1
    sys.stdout.write(f"{pages}\n")
    return 0


def _pdf_pages(content: bytes) -> int:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise PermissionError("password")
    return len(reader.pages)


def _image_pages(content: bytes) -> int:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return int(getattr(image, "n_frames", 1))


def _limit() -> None:
    if sys.platform == "win32":  # No such limits there; the parent's deadline holds everywhere.
        return
    import resource

    for limit, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, allowed = resource.getrlimit(limit)
        value = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    sys.exit(main())
