"""`python -m bot check`: each problem with file, field and reason."""

import re
from pathlib import Path

import pytest

from bot.catalogue import load_catalogue
from bot.catalogue.checking import balance, check_catalogue
from bot.catalogue.definition import FAMILIES, FIELDS, MEDIA, MOODS
from bot.catalogue.loading import read_montages
from bot.errors import StartError

SOUND = """
film = "Rocky"
year = 1976
director = ["John G. Avildsen"]
medium = "film"
scene = "Roadwork and the museum steps"
kind = "training"
discipline = "boxing"
family = "combat"
moods = ["triumphant"]
tagline = "One city wide"
blurb = "{blurb}"
country = ["United States"]
language = ["English"]
content_notes = []
""".format(blurb=" ".join(["step"] * 50))


def problems_of(capsys: pytest.CaptureFixture[str], folder: Path) -> list[str]:
    """What `check` prints of a folder that it must refuse."""
    assert check_catalogue(folder) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    *problems, summary = printed.err.splitlines()
    assert summary == f"{len(problems)} to mend in {folder}."
    return problems


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("year = 1976", "year = "), "is not sound TOML: Invalid value (at line 3, column 8)"),
        (("year = 1976", "year = 1976\nstars = 5"), "stars: is not a field of a montage"),
        (('scene = "Roadwork and the museum steps"\n', ""), "scene: is missing"),
        (("year = 1976", 'year = "1976"'), "year: must be a whole number"),
        (("year = 1976", "year = true"), "year: must be a whole number"),
        (("year = 1976", "year = 1066"), "year: is 1066; from 1890 to 2100"),
        (('"Rocky"', "7"), "film: must be a text in quotes"),
        (('"Rocky"', '"  "'), "film: is empty"),
        (('"combat"', '""'), "family: is empty; one of: combat, athletics, "),
        (
            ("year = 1976", 'year = 1976\ndisciplne = "boxing"'),
            "disciplne: is not a field of a montage; did you mean disc",
        ),
        (('["English"]', '"English"'), "language: must be a list in [brackets]"),
        (('["English"]', "[1]"), "language: must be a text in quotes"),
        (('["English"]', "[]"), "language: has 0 entries; from 1 to 6"),
        (('["English"]', '["English", "English"]'), "language: names the same thing twice"),
        (('"combat"', '"fighting"'), "family: 'fighting' is not one of: combat, athletics, "),
        (('["triumphant"]', '["sad"]'), "moods: 'sad' is not one of: triumphant, gritty, "),
        (('"Rocky"', f'"{"R" * 91}"'), "film: is 91 characters long; at most 90"),
        (('["English"]', f'["{"E" * 31}"]'), "language: is 31 characters long; at most 30"),
        (
            ('"One city wide"', '"one two three four five six seven eight nine"'),
            "tagline: has 9 words; from 1 to 8",
        ),
        (("step step step step ", ""), "blurb: has 38 words; from 40 to 90"),
        (("year = 1976", 'year = 1976\nimdb = "75148"'), "imdb: '75148' does not look right: The IMDb title id"),
        (("content_notes = []", "content_notes = []\n[song]\nperformer = 'Bill Conti'"), "song.title: is missing"),
        (("content_notes = []", "content_notes = []\nsong = 'Gonna Fly Now'"), "song: must be a table"),
        (
            (
                "content_notes = []",
                "content_notes = []\n[[reading]]\ntitle = 'A'\n[[reading]]\ntitle = 'B'\npage = 3",
            ),
            "reading[2].page: is not a field of a montage",
        ),
        (("content_notes = []", "content_notes = []\nreading = 'A'"), "reading: must be written as [[tables]]"),
    ],
)
def test_a_bad_file_is_named_with_the_field_and_the_reason(
    change: tuple[str, str], problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert change[0] in SOUND
    (tmp_path / "rocky-1976.toml").write_text(SOUND.replace(*change, 3), encoding="utf-8")
    found = problems_of(capsys, tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"rocky-1976.toml: {problem}")


def test_every_problem_is_printed_not_only_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rocky-1976.toml").write_text(
        SOUND.replace("1976", "3000").replace('"boxing"', '""'), encoding="utf-8"
    )
    (tmp_path / "creed-2015.toml").write_text("film = ", encoding="utf-8")
    (tmp_path / "ali-2001.toml").write_bytes("film = 'Bärbel'".encode("latin-1"))
    assert [problem.split(":")[:2] for problem in problems_of(capsys, tmp_path)] == [
        ["ali-2001.toml", " is not in UTF-8 (byte 10 is the first that is not)"],
        ["creed-2015.toml", " is not sound TOML"],
        ["rocky-1976.toml", " year"],
        ["rocky-1976.toml", " discipline"],
    ]


def test_what_only_two_files_together_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rocky-1976.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "rocky-again-1976.toml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "creed-2015.toml").write_text(
        SOUND.replace('"Rocky"', '"Creed"').replace('"combat"', '"dance"'), encoding="utf-8"
    )
    assert problems_of(capsys, tmp_path) == [
        "creed-2015.toml: family: boxing is in the family 'combat' elsewhere",
        "rocky-1976.toml: scene: is in another file of this film too",
        "rocky-again-1976.toml: scene: is in another file of this film too",
    ]


def test_every_montage_has_one_place_in_the_editors_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("rocky-1976", "creed-2015"):
        film = name.partition("-")[0].capitalize()
        (tmp_path / f"{name}.toml").write_text(SOUND.replace('"Rocky"', f'"{film}"'), encoding="utf-8")
    order = tmp_path / "editors-order.txt"
    order.write_text("# A word about it.\ncreed-2015\n\nrocky-1976\n", encoding="utf-8")
    montages, problems = read_montages(tmp_path)
    assert {m.id: m.editors_rank for m in montages} == {"creed-2015": 1, "rocky-1976": 2} and not problems
    order.write_text("creed-2015\ncreed-2015\nmulan-1998\n", encoding="utf-8")
    assert problems_of(capsys, tmp_path) == [
        "editors-order.txt: creed-2015: stands there more than once: leave one line",
        "editors-order.txt: mulan-1998: is no montage's file: mend the name or take the line out",
        "rocky-1976.toml: has no place in the editors' order: give it a line in editors-order.txt",
    ]


@pytest.mark.parametrize("name", ["Rocky-1976", "rocky", "rocky_1976", "s12", f"{'rocky' * 13}-1976"])
def test_a_file_s_name_can_travel_in_a_button(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / f"{name}.toml").write_text(SOUND, encoding="utf-8")
    (problem,) = problems_of(capsys, tmp_path)
    assert problem.startswith(f"{name}.toml: needs a name like rocky-iv-1985.toml")


def test_a_sound_folder_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rocky-1976.toml").write_text(SOUND, encoding="utf-8")
    assert check_catalogue(tmp_path) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 montage, all sound."
    assert "kinds (1): training 1" in printed


def montage_of(country: list[str], year: int = 1976) -> str:
    """A sound file of another film."""
    changed = SOUND.replace("1976", str(year)).replace('["United States"]', str(country))
    return changed.replace('"Rocky"', f'"Film of {year}"')


def checked(capsys: pytest.CaptureFixture[str], folder: Path, files: list[str]) -> list[str]:
    """What `check` prints of a folder with these sound files."""
    for number, text in enumerate(files):
        (folder / f"film-{number}-1976.toml").write_text(text, encoding="utf-8")
    assert check_catalogue(folder) == 0
    return capsys.readouterr().out.splitlines()


def test_the_balance_is_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Country, decade, medium, family and mood side by side; gaps are shown as 0."""
    files = [montage_of(["Japan"], 1953), montage_of(["Japan", "France"], 1976), montage_of(["Chad"], 1977)]
    printed = checked(capsys, tmp_path, files)
    head = next(number for number, line in enumerate(printed) if line.startswith("country"))
    assert printed[head].split() == ["country", "decade", "medium", "family", "mood"]
    assert [line.split() for line in printed[head + 1 : head + 4]] == [
        ["Japan", "2", "1950s", "1", "film", "3", "combat", "3", "triumphant", "3"],
        ["Chad", "1", "1960s", "0", "animated", "film", "0", "athletics", "0", "bittersweet", "0"],
        ["France", "1", "1970s", "2", "animated", "series", "0", "ball", "games", "0", "cosy", "0"],
    ]
    assert [printed[head + 1].index(word) for word in ("1950s", "film", "combat", "triumphant")] == [
        printed[head].index(name) for name in ("decade", "medium", "family", "mood")
    ]
    below = "\n".join(printed[head + 1 :])
    assert [value for value in (*MEDIA, *FAMILIES, *MOODS) if not re.search(rf"\b{value} +\d", below)] == []


def test_the_table_is_readable_in_a_hundred_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the longest country that a file may hold, nearly a thousand times, and with the real catalogue."""
    longest = "C" * FIELDS["country"].each
    (tmp_path / "film-1976.toml").write_text(montage_of([longest]), encoding="utf-8")
    montage = load_catalogue(tmp_path).shipped[0]
    lines = balance([montage] * 999)
    assert f"{longest} 999" in lines[1]
    assert max(map(len, lines)) <= 100
    assert check_catalogue() == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("countries", "warned"),
    [
        ([["Japan"], ["Japan", "France"], ["Chad"]], ["Out of balance: Japan has 2 of 3 montages (67%)."]),
        ([["Japan"], ["Japan"], ["Chad"], ["France"]], []),
        ([["Japan", "France"]], ["Out of balance: France has 1 of 1", "Out of balance: Japan has 1 of 1"]),
    ],
)
def test_a_country_with_more_than_half_is_warned_of(
    countries: list[list[str]], warned: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [montage_of(country, 1970 + number) for number, country in enumerate(countries)]
    found = [line for line in checked(capsys, tmp_path, files) if line.startswith("Out of balance")]
    assert len(found) == len(warned)
    assert all(line.startswith(start) for line, start in zip(found, warned, strict=True))


def test_a_folder_with_nothing_in_it_is_not_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_catalogue(tmp_path) == 1
    assert capsys.readouterr().err == f"No montages in {tmp_path}.\n"


def test_the_bot_does_not_start_on_a_bad_catalogue(tmp_path: Path) -> None:
    (tmp_path / "rocky-1976.toml").write_text(SOUND.replace("year = 1976", "year = 1"), encoding="utf-8")
    with pytest.raises(StartError, match=r"rocky-1976\.toml: year: is 1; from 1890 to 2100"):
        load_catalogue(tmp_path)
