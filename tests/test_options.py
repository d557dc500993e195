"""The command line: a command, or files for the window; the first word that is no option decides."""

from pathlib import Path

import pytest

from ifax_desktop.options import Options, read_options


def files(*names: str) -> tuple[Path, ...]:
    return tuple(Path(name).absolute() for name in names)


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("", Options(patience=0.0)),
        ("--demo", Options(demo=True, patience=0.0)),
        ("a.pdf b.pdf", Options(files=files("a.pdf", "b.pdf"), patience=0.0)),
        ("--demo a.pdf", Options(demo=True, files=files("a.pdf"), patience=0.0)),
        ("a.pdf --demo", Options(demo=True, files=files("a.pdf"), patience=0.0)),
        ("--profile send a.pdf", Options(profile=Path("send"), files=files("a.pdf"), patience=0.0)),
        ("-- send", Options(files=files("send"), patience=0.0)),
        ("./send", Options(files=files("send"), patience=0.0)),
        ("send a.pdf --to 1", Options("send", files=files("a.pdf"), to="1")),
        (
            "--demo send a.pdf b.pdf --to 1 --wait",
            Options("send", True, files=files("a.pdf", "b.pdf"), to="1", wait=True),
        ),
        ("send --demo a.pdf --to 1", Options("send", True, files=files("a.pdf"), to="1")),
        ("receive --to in", Options("receive", folder=Path("in"), patience=0.0)),
    ],
)
def test_what_is_said_and_what_it_means(said: str, options: Options) -> None:
    assert read_options(said.split()) == options


@pytest.mark.parametrize(
    "said",
    [
        "send",
        "send a.pdf",
        "receive",
        "--key abc",
        "--keys",
        "--profile",
        "a.pdf --to 1",
        "receive a.pdf --to in",
    ],
)
def test_what_cannot_be_meant_ends_with_a_sentence(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_options(said.split())
    assert ended.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_the_help_tells_of_files_commands_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(["--help"])
    said = capsys.readouterr().out
    for word in ("FILE", "send ", "receive ", "exit codes"):
        assert word in said
