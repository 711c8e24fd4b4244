"""What becomes of the rows of a list."""

from bot.suggestions.bulk.reading import ListRow, read_list
from bot.suggestions.bulk.sifting import author_in, sift
from bot.suggestions.duplicates import Known

KNOWN = [Known("rocky-1976", "Rocky", 1976, "Up the museum steps"), Known("s4", "Creed", 2015, "The bikes")]


async def sifted(text: str) -> tuple[list[str], list[str], list[str]]:
    """(new, near, left out with why) of a list."""
    found = await sift(read_list(text.encode()).rows, KNOWN, 2026)
    return (
        [row.entry.film for row in found.new],
        [f"{row.entry.film} ~ {row.near.id}" for row in found.near if row.near],
        [f"{row.number} {row.reason}" for row in found.left_out],
    )


async def test_each_row_goes_where_it_belongs() -> None:
    new, near, left_out = await sifted(
        "film,year,scene\n"
        "Whiplash,2014,Until the fingers bleed\n"
        "Rokcy,1976,Running up the steps\n"
        "CREED,2015,the bikes\n"
        "Whiplash,2014,Until the fingers bleed!\n"
        "Whiplash,2014,A chair is thrown\n"
        "Metropolis,nineteen twenty-seven,The machine\n"
        ",1999,Nobody knows\n"
        "Tron,1982,x\n"
    )
    assert new == ["Whiplash"]
    assert near == ["Rokcy ~ rocky-1976", "Whiplash ~ 2"]
    assert left_out[:2] == ["4 it is here already", "5 it is row 2 again"]
    assert "“Year” should be four digits" in left_out[2] and "“Film” is empty" in left_out[3]
    assert "“Scene” is a little short" in left_out[4] and len(left_out) == 5


async def test_a_list_need_not_say_why_and_a_link_has_its_column() -> None:
    row = {"film": "Tron", "year": "1982", "scene": "On the grid"}
    bare = await sift([ListRow(1, row)], [], 2026)
    entry = bare.understood[0].entry
    assert (entry.why, entry.discipline, entry.link) == ("", "training", None)
    linked = await sift(
        [ListRow(1, row | {"link": "https://example.com/a"})],
        [],
        2026,
    )
    assert linked.understood[0].entry.link == "https://example.com/a"
    bad = await sift([ListRow(1, row | {"link": "http://example.com/a"})], [], 2026)
    assert "a link that I can't take" in bad.left_out[0].reason


async def test_who_is_a_mention_or_an_id_and_a_name_is_nobody() -> None:
    assert author_in("<@123456789012345678>") == author_in(" 123456789012345678 ") == 123456789012345678
    assert author_in("<@!123456789012345678>") == 123456789012345678
    assert author_in("ana") is author_in("@ana") is author_in("1985") is author_in("99999999999999999999") is None
    found = await sift(read_list(b"Tron (1982): On the grid - @ana").rows, [], 2026)
    assert found.unnamed == 1 and found.understood[0].author_id is None
