"""What the README shows is what works: its example of the library runs as it stands, but for the address and the key."""

import asyncio
import re
import sys
import tomllib
from pathlib import Path

import pytest

from ifax_desktop.api.corrections import corrected, corrected_qualities
from ifax_desktop.api.operations import Provenance
from ifax_desktop.api.qualities import FAX_QUALITY
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from tests.documents import samples

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def block(language: str) -> str:
    """The one block of code in this language."""
    [found] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(found)


async def test_the_example_of_the_library_sends_a_fax(tmp_path: Path) -> None:
    service = FaxService()
    (tmp_path / "letter.pdf").write_bytes(samples.letter("First page", "Second page"))
    async with serve(service) as url:
        program = block("python").replace("https://api.ifaxapp.com/v1", f"{url}/v1")
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            f"{program}\nimport sys\nassert not [name for name in sys.modules if name.startswith('PySide6')]",
            cwd=tmp_path,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(60):
            said, complained = await child.communicate(b"live-key\n")
    assert (child.returncode, complained.decode()) == (0, "")
    assert said.decode() == "API key: sending\n"
    assert [(job.number, job.pages) for job in service.jobs] == [("+12025550143", 2)]


def test_the_example_is_short() -> None:
    lines = [line for line in block("python").splitlines() if line.strip()]
    assert len(lines) <= 11


def test_the_examples_of_corrections_are_some() -> None:
    path, quality = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert corrected(path)["fax_cancel"].provenance is Provenance.CONFIRMED
    assert set(tomllib.loads(quality)) == {"faxQuality"}
    assert corrected_qualities(quality) == FAX_QUALITY


@pytest.mark.parametrize("kind", ["reset_after"])
def test_faults_in_the_readme_are_there(kind: str) -> None:
    from ifax_desktop.simulator.faults.kinds import KINDS

    assert kind in KINDS
    assert f'"kind": "{kind}"' in README
