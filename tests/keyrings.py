"""Computers on which secrets cannot be kept, for tests."""

from ifax_desktop.store.secrets import KeyringMissing, Kind, MemorySecrets


class NoKeyring(MemorySecrets):
    """A computer without a keyring."""

    def beside(self, kind: Kind) -> "NoKeyring":
        return self

    def read(self) -> str | None:
        raise KeyringMissing("This computer has no keyring.")

    def keep(self, secret: str) -> None:
        raise KeyringMissing("This computer has no keyring.")
