"""The key and other secrets in the keyring: bound to service and profile, and honest where there is none."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as SwitchedOffKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from ifax_desktop.store.secrets import SERVICE, KeyringMissing, KeyringSecrets, Kind, MemorySecrets, Secrets

ADDRESS = "https://api.example/v1"
KEY = "test-key-1"


class MemoryKeyring(KeyringBackend):
    """A keyring that works, for as long as the test lasts."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.kept[service, username]
        except KeyError as error:
            raise PasswordDeleteError(username) from error


class LockedKeyring(MemoryKeyring):
    """A keyring whose owner did not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("not unlocked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("not unlocked")


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    """Puts a keyring in the place of the system's."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def working(use: Callable[[KeyringBackend], None]) -> MemoryKeyring:
    backend = MemoryKeyring()
    use(backend)
    return backend


def test_a_key_is_kept_read_replaced_and_forgotten(working: MemoryKeyring, tmp_path: Path) -> None:
    secrets: Secrets = KeyringSecrets(ADDRESS, tmp_path)
    assert secrets.read() is None
    secrets.forget()
    secrets.keep(KEY)
    assert secrets.read() == KEY
    secrets.keep("test-key-2")
    assert secrets.read() == "test-key-2"
    assert list(working.kept.values()) == ["test-key-2"]
    secrets.forget()
    assert working.kept == {}


def test_a_key_goes_to_no_other_service_and_no_other_profile(working: MemoryKeyring, tmp_path: Path) -> None:
    KeyringSecrets(ADDRESS, tmp_path / "one").keep(KEY)
    assert KeyringSecrets("https://elsewhere.example/v1", tmp_path / "one").read() is None
    assert KeyringSecrets(ADDRESS, tmp_path / "two").read() is None
    assert KeyringSecrets(ADDRESS, tmp_path / "two" / ".." / "one").read() == KEY
    ((service, name),) = working.kept
    assert service == SERVICE
    assert str(tmp_path) not in name


@pytest.mark.parametrize(
    ("backend", "sentence"),
    [
        (NoKeyring(), "This computer has no keyring. The key is kept until the program closes."),
        (LockedKeyring(), "The keyring of this computer is locked or does not answer."),
        (SwitchedOffKeyring(), "The keyring of this computer did not keep the key."),
    ],
)
def test_a_keyring_that_keeps_nothing_is_said_in_words(
    backend: KeyringBackend, sentence: str, use: Callable[[KeyringBackend], None], tmp_path: Path
) -> None:
    use(backend)
    with pytest.raises(KeyringMissing) as caught:
        KeyringSecrets(ADDRESS, tmp_path).keep(KEY)
    assert str(caught.value) == sentence
    assert KEY not in f"{caught.value.detail} {caught.value.__cause__!r}"


@pytest.mark.parametrize("backend", [NoKeyring(), LockedKeyring()])
def test_reading_and_forgetting_say_it_too(
    backend: KeyringBackend, use: Callable[[KeyringBackend], None], tmp_path: Path
) -> None:
    use(backend)
    secrets = KeyringSecrets(ADDRESS, tmp_path)
    for ask in (secrets.read, secrets.forget):
        with pytest.raises(KeyringMissing):
            ask()


def test_the_key_of_a_session_leaves_no_trace() -> None:
    secrets: Secrets = MemorySecrets()
    assert secrets.read() is None
    secrets.keep(KEY)
    assert secrets.read() == KEY
    secrets.forget()
    assert secrets.read() is None


def test_a_key_kept_by_an_earlier_version_is_found(working: MemoryKeyring, tmp_path: Path) -> None:
    folder = sha256(str(tmp_path.resolve()).encode()).hexdigest()[:16]
    working.kept[SERVICE, f"{ADDRESS} {folder}"] = KEY
    assert KeyringSecrets(ADDRESS, tmp_path).read() == KEY


def kept_in_memory(_: Path) -> Secrets:
    return MemorySecrets()


def kept_in_the_keyring(profile: Path) -> Secrets:
    return KeyringSecrets(ADDRESS, profile)


@pytest.mark.parametrize("kept", [kept_in_memory, kept_in_the_keyring])
def test_other_secrets_are_kept_beside_the_key_each_for_itself(
    kept: Callable[[Path], Secrets], working: MemoryKeyring, tmp_path: Path
) -> None:
    secrets = kept(tmp_path)
    for kind in Kind:
        assert secrets.beside(kind).read() is None
        secrets.beside(kind).keep(f"the {kind}")
    assert [secrets.beside(kind).read() for kind in Kind] == [f"the {kind}" for kind in Kind]
    assert secrets.beside(Kind.WEBHOOK).beside(Kind.KEY).read() == secrets.read() == "the "
    secrets.beside(Kind.PROXY_PASSWORD).forget()
    secrets.forget()
    left = [kind for kind in Kind if secrets.beside(kind).read() is not None]
    assert left == [Kind.WEBHOOK, Kind.WEBHOOK_PASSWORD, Kind.ACCOUNT]


@pytest.mark.parametrize(
    ("kind", "word"),
    [(Kind.WEBHOOK, "address"), (Kind.WEBHOOK_PASSWORD, "password"), (Kind.PROXY_PASSWORD, "password")],
)
def test_what_was_not_kept_is_named(
    kind: Kind, word: str, use: Callable[[KeyringBackend], None], tmp_path: Path
) -> None:
    for backend in (NoKeyring(), SwitchedOffKeyring()):
        use(backend)
        with pytest.raises(KeyringMissing) as caught:
            KeyringSecrets(ADDRESS, tmp_path).beside(kind).keep("canary")
        assert f"the {word}" in str(caught.value).lower()
        assert "canary" not in f"{caught.value} {caught.value.detail} {caught.value.__cause__!r}"
