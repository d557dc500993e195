"""What is kept beside the key counts for that key alone, and for no key that is kept nowhere."""

import pytest

from ifax_desktop.store.proofs import Proofs
from ifax_desktop.store.secrets import KeyringMissing, Kind, MemorySecrets
from tests.keyrings import NoKeyring

KEY, ACCOUNT = "live-1", "a" * 32


def test_a_key_is_confirmed_for_an_account_until_it_is_forgotten() -> None:
    secrets = MemorySecrets(KEY)
    proofs = Proofs(secrets)
    assert proofs.account_of(KEY) == ""
    proofs.keep(KEY, ACCOUNT)
    assert proofs.account_of(KEY) == ACCOUNT
    assert KEY not in (secrets.beside(Kind.ACCOUNT).read() or "")
    proofs.forget()
    assert proofs.account_of(KEY) == ""


def test_it_says_nothing_of_another_key() -> None:
    secrets = MemorySecrets(KEY)
    proofs = Proofs(secrets)
    proofs.keep(KEY, ACCOUNT)
    secrets.keep("live-2")
    assert proofs.account_of("live-2") == ""


@pytest.mark.parametrize("written", ["", "nonsense", f"{ACCOUNT} ", f"{ACCOUNT} {'0' * 64}", " "])
def test_what_somebody_else_wrote_there_proves_nothing(written: str) -> None:
    secrets = MemorySecrets(KEY)
    secrets.beside(Kind.ACCOUNT).keep(written)
    assert Proofs(secrets).account_of(KEY) == ""


def test_a_key_that_was_only_given_leaves_nothing_behind() -> None:
    secrets = MemorySecrets("the one that is kept")
    Proofs(secrets).keep("given", ACCOUNT)
    assert secrets.beside(Kind.ACCOUNT).read() is None


def test_without_a_keyring_nothing_is_known() -> None:
    proofs = Proofs(NoKeyring(KEY))
    proofs.keep(KEY, ACCOUNT)
    assert proofs.account_of(KEY) == ""
    with pytest.raises(KeyringMissing):
        NoKeyring().keep("said where the key itself is kept")
