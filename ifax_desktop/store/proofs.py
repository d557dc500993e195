"""Beside the key in the keyring: the account that the service has confirmed for it.

What is kept names the key by its fingerprint, so that a key that came in another way proves nothing; it is in the
keyring alone, where the key is too. Everything here may block: call it in a thread.
"""

import hashlib
import hmac

from ifax_desktop.store.secrets import KeyringMissing, Kind, Secrets


class Proofs:
    """For which account of the archive the kept key was confirmed. Without a keyring nothing is kept, and nothing known."""

    def __init__(self, secrets: Secrets) -> None:
        """`secrets` is where the key is kept."""
        self._key = secrets
        self._proof = secrets.beside(Kind.ACCOUNT)

    def account_of(self, key: str) -> str:
        """The account this key was confirmed for; empty if it was for none."""
        try:
            account, _, mark = (self._proof.read() or "").partition(" ")
        except KeyringMissing:
            return ""
        return account if mark and hmac.compare_digest(mark, _mark(key, account)) else ""

    def keep(self, key: str, account: str) -> None:
        """Remember that the service confirmed the key for this account, if the key itself is kept here."""
        try:
            if self._key.read() == key:
                self._proof.keep(f"{account} {_mark(key, account)}")
        except KeyringMissing:
            return  # then the service is asked at each start

    def forget(self) -> None:
        """Forget it together with the key. Raises KeyringMissing."""
        self._proof.forget()


def _mark(key: str, account: str) -> str:
    return hmac.new(key.encode(), account.encode(), hashlib.sha256).hexdigest()
