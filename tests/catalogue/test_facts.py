"""Names and years against a file of checked facts, one JSON object a line.

`MONTAGE_FACTS` names the file; without it these tests are skipped, and say so.
"""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue import Catalogue, Montage

_DEFAULT = Path(__file__).parents[3] / "shared" / "data" / "montage_facts.jsonl"
FACTS = Path(os.environ.get("MONTAGE_FACTS", _DEFAULT))
pytestmark = pytest.mark.skipif(
    not FACTS.exists(), reason="no facts to compare with: name their file in MONTAGE_FACTS"
)

# Facts less sure than this are left out of the catalogue.
SURE = 0.9
# Our field, and what the facts call it. Scene, place and discipline are worded by hand and not held here.
SAME = {
    "film": "film",
    "original_title": "original_or_alt_title",
    "year": "year",
    "medium": "medium",
    "kind": "kind",
    "director": "director",
    "country": "country",
    "language": "language",
    "content_notes": "content_notes",
    "age_rating": "us_rating",
    "composer": "composer",
    "imdb": "imdb_title_id",
}
# Where the catalogue differs on purpose: what it says instead, and why.
DELIBERATE: dict[tuple[str, str], tuple[Any, str]] = {
    # The first half of the catalogue, looked through once more: the whole film, not the scene.
    ("100-yen-love-2014", "content_notes"): (
        ("violence", "injury", "sexual content", "sexual violence"),
        "Ichiko is assaulted, and the ring leaves marks; notes must say so",
    ),
    ("300-2007", "content_notes"): (
        ("racism", "homophobia", "graphic violence", "war", "sexual content", "sexual violence"),
        "a queen is coerced, enemies are caricatured, and it is a war",
    ),
    ("42nd-street-1933", "content_notes"): (
        ("sexual content", "alcohol"),
        "a leading lady drinks, and the jokes are from before the Code",
    ),
    ("a-knights-tale-2001", "content_notes"): (
        ("mild language", "mild violence", "sexual content"),
        "Chaucer's nakedness and some talk",
    ),
    ("a-league-of-their-own-1992", "content_notes"): (
        ("mild language", "verbal abuse", "alcohol"),
        "their manager drinks, and shouts a player to tears",
    ),
    ("ali-2001", "content_notes"): (
        ("strong language", "racism", "violence", "sexual content"),
        "the years of segregation; strong language and love scenes too",
    ),
    ("all-that-jazz-1979", "content_notes"): (
        ("strong language", "blood", "illness", "sexual content", "drug use"),
        "heart surgery is shown",
    ),
    ("american-psycho-2000", "content_notes"): (
        (
            "strong language",
            "racism",
            "homophobia",
            "graphic violence",
            "animal cruelty",
            "sexual content",
            "sexual violence",
            "drug use",
        ),
        "drugs, assaults, a dog, and what he says of others",
    ),
    ("an-officer-and-a-gentleman-1982", "content_notes"): (
        ("strong language", "verbal abuse", "homophobia", "violence", "suicide", "sexual content"),
        "a recruit takes his life; the sergeant's slurs; fights",
    ),
    ("an-officer-and-a-gentleman-1982", "age_rating"): ("R", "rated R; the facts leave it out"),
    ("ant-man-2015", "content_notes"): (("mild language", "violence", "animal cruelty"), "a lamb dies in a test"),
    ("armageddon-1998", "content_notes"): (
        ("strong language", "violence", "sexual content"),
        "scenes in a strip club and a love scene",
    ),
    ("avatar-2009", "content_notes"): (
        ("mild language", "violence", "war"),
        "a war, and soldiers who speak like soldiers",
    ),
    ("avatar-the-last-airbender-2005", "director"): (
        ("Giancarlo Volpe",),
        "he directed the episode, Sokka's Master",
    ),
    ("avatar-the-last-airbender-2005", "content_notes"): (("mild violence", "war"), "the story of a war"),
    ("balls-of-fury-2007", "content_notes"): (
        ("strong language", "racism", "homophobia", "mild violence", "sexual content"),
        "PG-13 for crude and sexual humour, much of it about others",
    ),
    ("balls-of-fury-2007", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("bend-it-like-beckham-2002", "content_notes"): (
        ("mild language", "racism", "homophobia", "sexual content"),
        "a slur on the pitch, a mother's panic, a love story",
    ),
    ("best-of-the-best-1989", "content_notes"): (
        ("strong language", "racism", "violence", "injury", "alcohol"),
        "slurs at the opponents, a broken shoulder, a bar",
    ),
    ("bhaag-milkha-bhaag-2013", "content_notes"): (
        ("violence", "blood", "sexual content"),
        "a massacre is shown, and love scenes",
    ),
    ("billy-elliot-2000", "content_notes"): (
        ("strong language", "homophobia", "mild violence"),
        "slurs, and policemen with truncheons",
    ),
    ("blades-of-glory-2007", "content_notes"): (
        ("strong language", "homophobia", "mild violence", "sexual content", "alcohol"),
        "PG-13 for crude and sexual humour, some about men who touch",
    ),
    ("bleed-for-this-2016", "content_notes"): (
        ("strong language", "violence", "blood", "injury", "sexual content", "alcohol"),
        "R for sexuality and pictures of an accident as well",
    ),
    ("bloodsport-1988", "content_notes"): (
        ("strong language", "violence", "blood", "injury"),
        "a broken leg and bleeding faces",
    ),
    ("breaking-away-1979", "age_rating"): ("PG", "its rating is known; the facts leave it out"),
    ("brittany-runs-a-marathon-2019", "content_notes"): (
        ("strong language", "fat shaming", "injury", "sexual content", "alcohol", "drug use"),
        "her weight is the butt, and pills and parties the start",
    ),
    ("chariots-of-fire-1981", "content_notes"): (
        ("mild language", "racism"),
        "a runner meets contempt for Jews all through the film",
    ),
    ("citizen-kane-1941", "content_notes"): (("suicide", "alcohol"), "an old friend and a wife drink"),
    ("citizen-kane-1941", "age_rating"): ("PG", "its rating is known; the facts leave it out"),
    ("clueless-1995", "content_notes"): (
        ("mild language", "sexual content", "alcohol", "drug use"),
        "talk of sex, and parties",
    ),
    ("coach-carter-2005", "content_notes"): (
        ("mild language", "violence", "sexual content", "drug use"),
        "PG-13 for sexual content and drugs too",
    ),
    ("cobra-kai-2018", "content_notes"): (
        ("strong language", "verbal abuse", "fat shaming", "violence", "injury", "alcohol"),
        "his insults are the joke, and he drinks",
    ),
    ("college-1927", "content_notes"): (("racism",), "a scene in blackface"),
    ("commando-1985", "content_notes"): (
        ("strong language", "graphic violence", "sexual content"),
        "nakedness in a motel room",
    ),
    ("conan-the-barbarian-1982", "content_notes"): (
        ("graphic violence", "blood", "animal cruelty", "torture", "sexual content", "sexual violence"),
        "a crucifixion, women handed to fighters, a camel",
    ),
    ("cool-runnings-1993", "content_notes"): (("mild language", "mild violence"), "a brawl in a bar"),
    ("creed-2015", "content_notes"): (
        ("mild language", "violence", "blood", "illness"),
        "bleeding faces; the rest as the facts have it",
    ),
    ("creed-ii-2018", "content_notes"): (
        ("strong language", "violence", "blood", "injury"),
        "broken ribs and worse",
    ),
    ("creed-ii-2018", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("creed-iii-2023", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("dangal-2016", "content_notes"): (
        ("mild language", "mild violence"),
        "wrestling, and a father who is hard on children",
    ),
    ("demon-slayer-kimetsu-no-yaiba-2019", "content_notes"): (
        ("graphic violence", "blood"),
        "a family lies dead in the first episode",
    ),
    ("dirty-dancing-1987", "content_notes"): (
        ("mild language", "injury", "sexual content"),
        "an abortion gone wrong is part of the story",
    ),
    ("dirty-dancing-1987", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("divergent-2014", "content_notes"): (
        ("violence", "suicide", "sexual violence"),
        "an initiate takes his life; an assault in a dream of fear",
    ),
    ("doctor-strange-2016", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("dodgeball-a-true-underdog-story-2004", "content_notes"): (
        ("strong language", "fat shaming", "mild violence", "sexual content", "alcohol"),
        "jokes about weight, sex and drink",
    ),
    ("dragon-ball-1986", "content_notes"): (
        ("racism", "homophobia", "mild violence", "sexual content"),
        "figures that are caricatures of their time",
    ),
    ("drumline-2002", "content_notes"): (("mild language", "mild violence"), "a brawl between bands"),
    ("drunken-master-1978", "content_notes"): (("violence", "alcohol"), "drinking is the art"),
    ("eddie-the-eagle-2016", "content_notes"): (
        ("mild language", "injury", "sexual content", "alcohol"),
        "PG-13 for suggestive humour; the coach drinks",
    ),
    ("edge-of-tomorrow-2014", "content_notes"): (("strong language", "violence", "war"), "a war"),
    ("enders-game-2013", "content_notes"): (
        ("verbal abuse", "mild violence", "war"),
        "children are bullied and trained for a war",
    ),
    ("endurance-1999", "content_notes"): (("illness",), "his mother's illness and death"),
    ("endurance-1999", "age_rating"): ("G", "its rating is known; the facts leave it out"),
    ("evil-dead-ii-1987", "content_notes"): (
        ("graphic violence", "blood", "injury"),
        "a hand comes off, at length",
    ),
    ("fighting-with-my-family-2019", "content_notes"): (
        ("strong language", "mild violence", "sexual content", "drug use"),
        "PG-13 for crude and sexual material and drugs",
    ),
    ("fighting-with-my-family-2019", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("first-position-2011", "year"): (2012, "in cinemas from May 2012; at festivals the year before"),
    ("first-position-2011", "content_notes"): (
        ("injury", "war"),
        "a dancer tells of the war that took her parents",
    ),
    ("flashdance-1983", "content_notes"): (
        ("strong language", "mild violence", "sexual content"),
        "she is attacked outside the club",
    ),
    ("footloose-1984", "content_notes"): (
        ("mild language", "violence", "alcohol", "drug use"),
        "a girl is beaten, a joint is planted, and they drink",
    ),
    ("forrest-gump-1994", "content_notes"): (
        (
            "mild language",
            "racism",
            "violence",
            "injury",
            "illness",
            "war",
            "suicide",
            "sexual content",
            "sexual violence",
            "alcohol",
            "drug use",
        ),
        "half a century's troubles: slurs, abuse, overdoses, despair, deaths in bed",
    ),
    ("free-solo-2018", "content_notes"): (("strong language", "injury"), "a sprained ankle, and friends who fell"),
    ("free-solo-2018", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("full-metal-jacket-1987", "content_notes"): (
        (
            "strong language",
            "verbal abuse",
            "racism",
            "homophobia",
            "fat shaming",
            "graphic violence",
            "blood",
            "war",
            "suicide",
            "sexual content",
        ),
        "slurs of every kind, and the war itself",
    ),
    ("full-metal-jacket-1987", "age_rating"): ("R", "its rating is known; the facts leave it out"),
    ("g-i-jane-1997", "content_notes"): (
        ("strong language", "verbal abuse", "homophobia", "violence", "blood", "torture", "sexual violence"),
        "a mock captivity with blows and an assault; a smear",
    ),
    ("gallipoli-1981", "content_notes"): (
        ("mild language", "racism", "violence", "war", "sexual content"),
        "contempt for others along the way, and a brothel",
    ),
    ("gattaca-1997", "content_notes"): (
        ("mild language", "violence", "suicide", "sexual content", "alcohol"),
        "a death at the end, a love scene, a man who drinks",
    ),
    ("girlfight-2000", "content_notes"): (
        ("strong language", "verbal abuse", "violence", "suicide"),
        "her mother's death; her father's hands",
    ),
    ("girlfight-2000", "age_rating"): ("R", "its rating is known; the facts leave it out"),
    ("groundhog-day-1993", "content_notes"): (
        ("mild language", "suicide", "alcohol"),
        "crude words and a night of drink",
    ),
    ("hajime-no-ippo-2000", "content_notes"): (
        ("violence", "blood", "sexual content"),
        "bleeding faces and crude jokes",
    ),
    ("happy-gilmore-1996", "content_notes"): (
        ("strong language", "mild violence", "sexual content"),
        "PG-13 for sexual humour as well",
    ),
    ("harry-potter-and-the-order-of-the-phoenix-2007", "content_notes"): (
        ("mild violence", "torture"),
        "the quill that cuts, and a curse for pain",
    ),
    ("highlander-1986", "content_notes"): (
        ("strong language", "homophobia", "violence", "sexual content", "sexual violence"),
        "a rape is told of, and a policeman's slur",
    ),
    ("hoop-dreams-1994", "content_notes"): (("mild language", "injury", "drug use"), "knees, and what they cost"),
    ("hoosiers-1986", "content_notes"): (
        ("mild language", "mild violence", "alcohol"),
        "a father drinks; a fight in a game",
    ),
    ("hot-rod-2007", "content_notes"): (
        ("strong language", "mild violence", "sexual content", "drug use"),
        "PG-13 for crude humour and drugs",
    ),
    ("hustle-2022", "age_rating"): ("R", "its rating is known; the facts leave it out"),
    ("i-tonya-2017", "content_notes"): (
        ("strong language", "verbal abuse", "violence", "blood", "injury", "sexual content", "alcohol"),
        "R for sexual content too; blows at home, and what they leave",
    ),
    ("inception-2010", "content_notes"): (("violence", "suicide"), "a wife's death stands behind it all"),
    ("ip-man-2008", "content_notes"): (("violence", "blood", "war"), "bleeding faces"),
    ("iron-man-2008", "content_notes"): (
        ("violence", "war", "torture", "sexual content", "alcohol"),
        "he is held under water by captors; a war; a playboy's evenings",
    ),
    ("jo-jeeta-wohi-sikandar-1992", "content_notes"): (("mild violence", "injury"), "a brother is badly hurt"),
    ("julie-julia-2009", "content_notes"): (
        ("strong language", "sexual content"),
        "PG-13 for brief strong language and sensuality",
    ),
    ("kes-1969", "year"): (1970, "at a festival in November 1969, in cinemas from March 1970"),
    ("kes-1969", "content_notes"): (
        ("mild language", "verbal abuse", "mild violence", "animal cruelty"),
        "the end of the bird; the cane",
    ),
    ("kes-1969", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("kickboxer-1989", "content_notes"): (
        ("strong language", "violence", "blood", "injury", "sexual violence", "alcohol"),
        "an assault, a broken back, a bar",
    ),
    ("kickboxer-1989", "age_rating"): ("R", "its rating is known; the facts leave it out"),
    ("kill-bill-vol-2-2004", "content_notes"): (
        ("strong language", "verbal abuse", "racism", "graphic violence", "blood", "drug use"),
        "a teacher drawn as a caricature, with contempt for everybody; drugs in an office",
    ),
    ("king-richard-2021", "content_notes"): (
        ("strong language", "racism", "violence"),
        "PG-13 for strong language; threats and slurs on the courts",
    ),
    ("king-richard-2021", "age_rating"): ("PG-13", "its rating is known; the facts leave it out"),
    ("kingsman-the-secret-service-2014", "year"): (
        2015,
        "in cinemas from January 2015; one showing the month before",
    ),
    ("kingsman-the-secret-service-2014", "content_notes"): (
        ("strong language", "racism", "homophobia", "graphic violence", "sexual content", "alcohol"),
        "a sermon of hatred, a last joke, pub glasses",
    ),
    ("kingsman-the-secret-service-2014", "age_rating"): ("R", "its rating is known; the facts leave it out"),
    ("kung-fu-panda-2008", "content_notes"): (("fat shaming", "mild violence"), "his size is a running joke"),
    ("la-femme-nikita-1990", "content_notes"): (
        ("strong language", "violence", "blood", "drug use"),
        "it begins with a robbery for drugs",
    ),
    ("la-femme-nikita-1990", "age_rating"): ("R", "its rating is known; the facts leave it out"),
    ("lagaan-once-upon-a-time-in-india-2001", "content_notes"): (
        ("racism", "mild violence"),
        "colonial contempt, and a man nobody will touch",
    ),
    ("legend-no-17-2013", "content_notes"): (("mild violence", "blood", "injury"), "blood on the ice"),
    ("major-league-1989", "content_notes"): (
        ("strong language", "racism", "sexual content", "alcohol"),
        "the mascot and the idol's worshipper; nights out",
    ),
    ("mary-kom-2014", "content_notes"): (("violence", "illness"), "a small boy's operation"),
    ("million-dollar-baby-2004", "content_notes"): (
        ("strong language", "verbal abuse", "violence", "blood", "injury", "suicide", "self-harm"),
        "how it ends",
    ),
    ("miracle-2004", "content_notes"): (
        ("mild language", "mild violence"),
        "rough play and a fight between team-mates",
    ),
    ("miss-congeniality-2000", "content_notes"): (
        ("mild language", "mild violence", "sexual content", "alcohol"),
        "PG-13 for sexual references; a night of drinks",
    ),
    ("mrs-doubtfire-1993", "content_notes"): (
        ("strong language", "transphobia", "sexual content", "alcohol"),
        "jokes of their time about a man in a dress; sexual references; drinks",
    ),
    ("the-full-monty-1997", "content_notes"): (
        ("strong language", "sexual content", "suicide"),
        "Lomper's attempt is shown",
    ),
    ("the-triplets-of-belleville-2003", "original_title"): (
        "Les Triplettes de Belleville",
        "the facts have a library's word order",
    ),
    ("star-wars-episode-v-the-empire-strikes-back-1980", "original_title"): (None, "it is part of the title"),
}


@cache
def facts() -> dict[str, dict[str, Any]]:
    """What is known, by id."""
    rows = [json.loads(line) for line in FACTS.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


def known(montage: Montage, field: str) -> Any:
    """What the facts say of one field, written as the catalogue would."""
    if (montage.id, field) in DELIBERATE:
        return DELIBERATE[montage.id, field][0]
    value = facts()[montage.id][SAME[field]]
    if field == "kind":
        return value if value == "self-improvement" else value.replace("-", " ")
    return tuple(value) if isinstance(value, list) else value


def differences(montage: Montage) -> Iterator[str]:
    """Every field that is not as the facts have it."""
    for field in SAME:
        ours, theirs = getattr(montage, field), known(montage, field)
        if ours != theirs:
            yield f"{montage.id}: {field} is {ours!r}, the facts have {theirs!r}"
    song = facts()[montage.id]["song"]
    sure = song if song and song["sure"] >= SURE else None
    ours = (montage.song.title, montage.song.performer) if montage.song else None
    theirs = (sure["title"], sure["performer"]) if sure else None
    if ours != theirs:
        yield f"{montage.id}: the song is {ours!r}, the facts have {theirs!r}"


def test_every_montage_agrees_with_the_facts(catalogue: Catalogue) -> None:
    assert [montage.id for montage in catalogue.shipped if montage.id not in facts()] == []
    assert [problem for montage in catalogue.shipped for problem in differences(montage)] == []


def test_what_differs_on_purpose_still_does() -> None:
    for (identity, field), (ours, why) in DELIBERATE.items():
        theirs = facts()[identity][SAME[field]]
        assert ours != (tuple(theirs) if isinstance(theirs, list) else theirs), f"{identity}: no longer: {why}"


def test_nothing_certain_is_missing(catalogue: Catalogue) -> None:
    certain = {row["id"] for row in facts().values() if row["tier"] == "main" and row["sure"] >= 0.85}
    assert certain - {montage.id for montage in catalogue.shipped} == set()
