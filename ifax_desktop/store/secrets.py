"""The API key: in the system's keyring or in memory, nowhere else. Everything here may block: call it in a thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from ifax_desktop.domain.errors import FaxError

SERVICE = "iFax Desktop"
"""The name the user finds in the system's keyring."""


class KeyringMissing(FaxError):
    """This computer has no keyring, or it is locked: the key can be kept for the session only."""


class Secrets(Protocol):
    """Where one key is kept."""

    def read(self) -> str | None:
        """The key, or None if none is kept."""

    def keep(self, key: str) -> None:
        """Keep the key in place of an earlier one."""

    def forget(self) -> None:
        """Remove the key, if there is one."""


class KeyringSecrets:
    """The key of one profile and one service in the system's keyring. Every call may raise KeyringMissing."""

    def __init__(self, service_address: str, profile: Path) -> None:
        # A key must never go to another service than the one it was given for, nor leave its profile.
        folder = sha256(str(profile.resolve()).encode()).hexdigest()[:16]
        self._name = f"{service_address} {folder}"

    def read(self) -> str | None:
        """The key, or None if none is kept."""
        import keyring  # 60 ms, and practice mode needs no key

        with _in_words():
            return keyring.get_password(SERVICE, self._name)

    def keep(self, key: str) -> None:
        """Keep the key in place of an earlier one."""
        import keyring

        with _in_words():
            keyring.set_password(SERVICE, self._name, key)
            kept = keyring.get_password(SERVICE, self._name)
        if kept != key:  # a keyring that is switched off takes everything and keeps nothing
            raise KeyringMissing("The keyring of this computer did not keep the key.")

    def forget(self) -> None:
        """Remove the key, if there is one."""
        import keyring

        with _in_words():
            if keyring.get_password(SERVICE, self._name) is not None:
                keyring.delete_password(SERVICE, self._name)


class MemorySecrets:
    """The key until the program ends."""

    def __init__(self, key: str | None = None) -> None:
        self._key = key

    def read(self) -> str | None:
        """The key, or None if none is kept."""
        return self._key

    def keep(self, key: str) -> None:
        """Keep the key in place of an earlier one."""
        self._key = key

    def forget(self) -> None:
        """Remove the key, if there is one."""
        self._key = None


@contextmanager
def _in_words() -> Iterator[None]:
    from keyring.errors import KeyringError, NoKeyringError

    try:
        yield
    except NoKeyringError as error:
        raise KeyringMissing(
            "This computer has no keyring. The key is kept until the program closes.", str(error)
        ) from error
    except (KeyringError, OSError, RuntimeError) as error:
        raise KeyringMissing(
            "The keyring of this computer is locked or does not answer.", f"{type(error).__name__}: {error}"
        ) from error
