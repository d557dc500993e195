"""The wheel holds what the program needs, nothing of the workshop, and finds its resources when unpacked."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ifax_desktop"
RESOURCES = ROOT / "resources"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def files(folder: Path) -> set[str]:
    """Every file below a folder but what Python leaves there."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_every_resource_is_inside_and_no_script_that_makes_them(unpacked: Path) -> None:
    inside = files(unpacked / "ifax_desktop" / "resources")
    assert inside == {name for name in files(RESOURCES) if not name.endswith(".py")}
    for kind in (
        "icons/*.svg",
        "style/*.qss",
        "fonts/*.ttf",
        "fonts/OFL.txt",
        "practice/*.pdf",
        "error-codes.csv",
    ):
        assert any(Path(name).match(kind) for name in inside), kind


def test_the_whole_package_is_inside_and_nothing_else(unpacked: Path) -> None:
    inside = {name for name in files(unpacked / "ifax_desktop") if not name.startswith("resources/")}
    assert inside == files(PACKAGE)
    assert any(name.startswith("store/migrations/") and name.endswith(".sql") for name in inside)
    assert sorted(path.name for path in unpacked.iterdir() if path.suffix != ".dist-info") == ["ifax_desktop"]


def test_the_unpacked_wheel_finds_its_resources(unpacked: Path) -> None:
    look = f"""
import sys
sys.path.insert(0, {str(unpacked)!r})
from ifax_desktop.paths import resources
print(resources())
"""
    ended = subprocess.run([sys.executable, "-I", "-c", look], capture_output=True, text=True, check=True)
    assert Path(ended.stdout.strip()) == unpacked / "ifax_desktop" / "resources"


def test_the_checkout_finds_them_beside_the_package() -> None:
    from ifax_desktop.paths import resources

    assert resources() == RESOURCES
