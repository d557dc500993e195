"""Documents on the disk, each under the SHA-256 of its content: the same document is kept once, damage is noticed."""

from hashlib import sha256
from pathlib import Path

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private
from ifax_desktop.store.words import disk_in_words

_HASH_SIGNS = set("0123456789abcdef")


class Files:
    """A folder of documents, made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, content: bytes) -> str:
        """Keep a document; its SHA-256 comes back when it is on the disk for good. StorageFailed if it cannot be."""
        import asyncio

        return await asyncio.to_thread(self._put, content)

    async def get(self, sha: str) -> bytes:
        """The document with this SHA-256. StorageFailed if it is missing or its content is not what was kept."""
        import asyncio

        return await asyncio.to_thread(self._get, sha)

    def _put(self, content: bytes) -> str:
        sha = sha256(content).hexdigest()
        path = self._path(sha)
        with disk_in_words():
            # One that is there but damaged is written anew.
            if not path.exists() or sha256(path.read_bytes()).hexdigest() != sha:
                private.write_whole(path, content)
        return sha

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
