"""Which profile a call of the program works in, at which address of the service, and with which key."""

from pathlib import Path
from typing import TYPE_CHECKING

from ifax_desktop.options import Options
from ifax_desktop.paths import Paths
from ifax_desktop.store.settings import SettingsFile

if TYPE_CHECKING:
    from ifax_desktop.store.secrets import Secrets

PRACTICE, LIVE = "practice", "live"


def profile_folder(options: Options) -> Path:
    """The folder everything is kept in: the one that was given, or the platform's own for this user."""
    if options.profile is not None:
        return options.profile.expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("iFax Desktop", appauthor=False, roaming=False))


def paths_for(options: Options, mode: str = "") -> Paths:
    """The paths of a mode; without one, of the mode that was asked for or chosen earlier."""
    profile = profile_folder(options)
    return Paths(profile, (mode or chosen_mode(options)) == PRACTICE)


def entered_folder(options: Options) -> Path:
    """Where only one window may be: the folder of the mode, or that of the profile before there is one."""
    mode = chosen_mode(options)
    profile = profile_folder(options)
    return Paths(profile, mode == PRACTICE).home if mode else profile


def chosen_mode(options: Options) -> str:
    """What the call asks for, else what was chosen earlier; empty before anything was chosen."""
    if options.demo:
        return PRACTICE
    if options.key or options.service:
        return LIVE
    return SettingsFile(Paths(profile_folder(options)).settings).load().mode


def service_of(options: Options) -> str:
    """The service's address. Raises ServiceAddressWrong for one that may not be used."""
    from ifax_desktop.api.address import DEFAULT_ADDRESS, service_address

    return service_address(options.service or DEFAULT_ADDRESS)


def secrets_for(options: Options, address: str) -> "Secrets":
    """Where the key of this profile and this address is kept: a key goes nowhere else."""
    from ifax_desktop.store.secrets import KeyringSecrets

    return KeyringSecrets(address, profile_folder(options))


async def stored_key(options: Options) -> tuple[str, str]:
    """The key to use, empty if there is none, and the address it belongs to."""

    address = service_of(options)
    if options.key:
        return options.key, address
    import asyncio

    from ifax_desktop.store.secrets import KeyringMissing

    try:
        return await asyncio.to_thread(secrets_for(options, address).read) or "", address
    except KeyringMissing:
        return "", address
