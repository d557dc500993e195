"""The API key and other secrets: in the system's keyring or in memory, nowhere else.

Everything here may block: call it in a thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from ifax_desktop.domain.errors import FaxError

SERVICE = "iFax Desktop"
"""The name the user finds in the system's keyring."""


class Kind(StrEnum):
    """What is kept for a profile and a service, by the name that stands in the keyring."""

    KEY = ""
    """The API key, which was there first and has no name."""
    WEBHOOK = "webhook address"
    """The secret in the address that the service calls."""
    WEBHOOK_PASSWORD = "webhook password"  # noqa: S105
    PROXY_PASSWORD = "proxy password"  # noqa: S105
    ACCOUNT = "account"
    """For which account of the archive the key was confirmed (see `proofs`)."""

    @property
    def word(self) -> str:
        """What the user calls it."""
        return {Kind.KEY: "key", Kind.WEBHOOK: "address"}.get(self, "password")


class KeyringMissing(FaxError):
    """This computer has no keyring, or it is locked: the secret can be kept for the session only."""


class Secrets(Protocol):
    """Where one secret is kept, and the others beside it."""

    def read(self) -> str | None:
        """The secret, or None if none is kept."""

    def keep(self, secret: str) -> None:
        """Keep the secret in place of an earlier one."""

    def forget(self) -> None:
        """Remove the secret, if there is one."""

    def beside(self, kind: Kind) -> "Secrets":
        """Where another secret of the same profile and service is kept."""


class KeyringSecrets:
    """A secret of one profile and one service in the system's keyring. Every call may raise KeyringMissing."""

    def __init__(self, service_address: str, profile: Path, kind: Kind = Kind.KEY) -> None:
        # A key must never go to another service than the one it was given for, nor leave its profile.
        folder = sha256(str(profile.resolve()).encode()).hexdigest()[:16]
        self._place = service_address, profile
        self._kind = kind
        self._name = f"{service_address} {folder} {kind}".rstrip()

    def beside(self, kind: Kind) -> "KeyringSecrets":
        """Where another secret of the same profile and service is kept."""
        return KeyringSecrets(*self._place, kind)

    def read(self) -> str | None:
        """The secret, or None if none is kept."""
        import keyring  # 60 ms, and practice mode needs no key

        with _in_words(self._kind):
            return keyring.get_password(SERVICE, self._name)

    def keep(self, secret: str) -> None:
        """Keep the secret in place of an earlier one."""
        import keyring

        with _in_words(self._kind):
            keyring.set_password(SERVICE, self._name, secret)
            kept = keyring.get_password(SERVICE, self._name)
        if kept != secret:  # a keyring that is switched off takes everything and keeps nothing
            raise KeyringMissing(f"The keyring of this computer did not keep the {self._kind.word}.")

    def forget(self) -> None:
        """Remove the secret, if there is one."""
        import keyring

        with _in_words(self._kind):
            if keyring.get_password(SERVICE, self._name) is not None:
                keyring.delete_password(SERVICE, self._name)


class MemorySecrets:
    """A secret until the program ends."""

    def __init__(self, secret: str | None = None) -> None:
        self._secret = secret
        self._beside: dict[Kind, MemorySecrets] = {Kind.KEY: self}

    def beside(self, kind: Kind) -> "MemorySecrets":
        """Where another secret of the same session is kept."""
        if kind not in self._beside:
            self._beside[kind] = other = MemorySecrets()
            other._beside = self._beside
        return self._beside[kind]

    def read(self) -> str | None:
        """The secret, or None if none is kept."""
        return self._secret

    def keep(self, secret: str) -> None:
        """Keep the secret in place of an earlier one."""
        self._secret = secret

    def forget(self) -> None:
        """Remove the secret, if there is one."""
        self._secret = None


@contextmanager
def _in_words(kind: Kind) -> Iterator[None]:
    from keyring.errors import KeyringError, NoKeyringError

    try:
        yield
    except NoKeyringError as error:
        raise KeyringMissing(
            f"This computer has no keyring. The {kind.word} is kept until the program closes.", str(error)
        ) from error
    except (KeyringError, OSError, RuntimeError) as error:
        raise KeyringMissing(
            "The keyring of this computer is locked or does not answer.", f"{type(error).__name__}: {error}"
        ) from error
