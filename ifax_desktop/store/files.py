"""Documents on the disk, each under the SHA-256 of its content: the same document is kept once, damage is noticed."""

import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private
from ifax_desktop.store.words import disk_in_words

_HASH_SIGNS = set("0123456789abcdef")


class Files:
    """A folder of documents, made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._swept = False

    async def put(self, content: bytes) -> str:
        """Keep a document; its SHA-256 comes back when it is on the disk for good. StorageFailed if it cannot be."""
        import asyncio

        return await asyncio.to_thread(self._put, content)

    async def get(self, sha: str) -> bytes:
        """The document with this SHA-256. StorageFailed if it is missing or its content is not what was kept."""
        import asyncio

        return await asyncio.to_thread(self._get, sha)

    @asynccontextmanager
    async def incoming(self) -> AsyncIterator[Path]:
        """A path on the same disk for a document that is still on its way; what is there afterwards is removed.

        Raises StorageFailed if there can be no folder for it.
        """
        import asyncio

        with disk_in_words():
            path = await asyncio.to_thread(self._new_part)
        try:
            yield path
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def take(self, path: Path) -> str:
        """Keep the document that lies at `path`, which is on the same disk, and take it from there; gives its SHA-256.

        StorageFailed if it cannot be kept, and then it is still there.
        """
        import asyncio

        return await asyncio.to_thread(self._take, path)

    async def hash_of(self, path: Path) -> str:
        """The SHA-256 of a file. StorageFailed if it cannot be read."""
        import asyncio

        return await asyncio.to_thread(_hash, path)

    async def discard(self, sha: str) -> bool:
        """Remove a document that nobody has any more; False if it was kept within the last hour, and stays for now.

        Ask the archive first whether a fax has it: what was kept an hour ago is in the archive by then. StorageFailed.
        """
        import asyncio

        return await asyncio.to_thread(self._discard, sha, time.time() - private.LEFT_BEHIND)

    def has(self, sha: str) -> bool:
        """Whether a document with this SHA-256 is here, however it looks inside."""
        return len(sha) == 64 and self._path(sha).exists()

    def names(self) -> set[str]:
        """The SHA-256 of every document that is here. Blocks. StorageFailed."""
        with disk_in_words():
            return {path.name for path in self._folder.glob("??/*") if len(path.name) == 64}

    def is_whole(self, sha: str) -> bool:
        """Whether the document with this SHA-256 is here and what it was when it was kept. Blocks. StorageFailed."""
        path = self._path(sha)
        with disk_in_words():
            try:
                with path.open("rb") as file:
                    return file_digest(file, "sha256").hexdigest() == sha
            except FileNotFoundError:
                return False

    def keep(self, sha: str, source: IO[bytes]) -> bool:
        """Keep the document that is read from `source`; False if it was here already. Blocks.

        StorageFailed if it cannot be kept, and if it is another one than `sha` says.
        """
        path = self._path(sha)
        with disk_in_words():
            if _is_kept(path, sha):
                return False
            with self._part() as part:
                with private.open_new(part) as file:
                    while piece := source.read(1 << 20):
                        file.write(piece)
                if _hash(part) != sha:
                    raise StorageFailed("A document is not what it should be.", sha)
                private.move_whole(part, path)
        return True

    def path(self, sha: str) -> Path:
        """Where the document with this SHA-256 lies, whether or not it is there. StorageFailed for what is no SHA-256."""
        return self._path(sha)

    @contextmanager
    def _part(self) -> Iterator[Path]:
        """As `incoming`, on a thread."""
        path = self._new_part()
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _new_part(self) -> Path:
        """A path in the folder of what is on its way, where nothing is any more that an earlier end of the program left."""
        folder = self._folder / "incoming"
        private.make_folder(folder)
        if not self._swept:
            self._swept = True
            for left in folder.iterdir():
                with suppress(FileNotFoundError):  # it came where it belongs meanwhile
                    if left.stat().st_mtime < time.time() - private.LEFT_BEHIND:
                        left.unlink()
        return folder / os.urandom(8).hex()

    def _take(self, path: Path) -> str:
        sha = _hash(path)
        with disk_in_words():
            private.move_whole(path, self._path(sha))
        return sha

    def _put(self, content: bytes) -> str:
        sha = sha256(content).hexdigest()
        path = self._path(sha)
        with disk_in_words():
            if not _is_kept(path, sha):
                with self._part() as part:
                    private.write_new(part, content)
                    private.move_whole(part, path)
        return sha

    def _discard(self, sha: str, before: float) -> bool:
        path = self._path(sha)
        aside = path.with_name(f".{sha}.gone")
        with disk_in_words():
            try:
                if path.stat().st_mtime > before:
                    return False
                path.replace(aside)
            except FileNotFoundError:
                aside.unlink(missing_ok=True)  # an earlier end of the program came between
                return True
            # Somebody may have kept it again since it was looked at: that is seen now, or finds it gone and writes it.
            if aside.stat().st_mtime > before:
                aside.replace(path)
                return False
            aside.unlink()
        return True

    def _get(self, sha: str) -> bytes:
        path = self._path(sha)
        try:
            with disk_in_words():
                content = path.read_bytes()
        except StorageFailed as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise StorageFailed("A document is missing from this computer's disk.", sha) from error
            raise
        if sha256(content).hexdigest() != sha:
            raise StorageFailed("A document on this computer's disk is damaged.", sha)
        return content

    def _path(self, sha: str) -> Path:
        if len(sha) != 64 or not set(sha) <= _HASH_SIGNS:
            raise StorageFailed("This fax has no document on this computer.", repr(sha))
        return self._folder / sha[:2] / sha


def _hash(path: Path) -> str:
    with disk_in_words(), path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _is_kept(path: Path, sha: str) -> bool:
    """Whether the document is there undamaged. Its time then tells those who remove documents that it is wanted."""
    try:
        os.utime(path)
        return sha256(path.read_bytes()).hexdigest() == sha
    except FileNotFoundError:
        return False
