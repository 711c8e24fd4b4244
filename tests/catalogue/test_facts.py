"""Names and years against a file of checked facts, one JSON object a line.

`MONTAGE_FACTS` names the file; without it these tests are skipped, and say so.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from bot.catalogue import Catalogue, Montage
from tests import references

FACTS = references.FACTS.file()
pytestmark = pytest.mark.skipif(FACTS is None, reason="no facts to compare with: name their file in MONTAGE_FACTS")

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
        ("strong language", "homophobia", "fat shaming", "suicide", "sexual content", "alcohol"),
        "Lomper's attempt is shown; Dave's weight and other men's love are joked about",
    ),
    ("the-triplets-of-belleville-2003", "original_title"): (
        "Les Triplettes de Belleville",
        "the facts have a library's word order",
    ),
    ("star-wars-episode-v-the-empire-strikes-back-1980", "original_title"): (None, "it is part of the title"),
    ("my-fair-lady-1964", "content_notes"): (
        ("mild language", "verbal abuse", "alcohol"),
        "Higgins bullies his pupil, her father drinks",
    ),
    ("my-hero-academia-2016", "content_notes"): (
        ("verbal abuse", "violence", "blood", "injury", "suicide", "sexual content"),
        "a bully tells Midoriya to jump; broken bones; one pupil's pestering is played for laughs",
    ),
    ("nacho-libre-2006", "content_notes"): (
        ("mild language", "fat shaming", "mild violence"),
        "a large woman's ardour is the joke",
    ),
    ("napoleon-dynamite-2004", "content_notes"): (
        ("mild language", "mild violence", "animal cruelty"),
        "bullies at school; a cow is shot before a bus full of children",
    ),
    ("oceans-eleven-2001", "content_notes"): (
        ("mild language", "mild violence", "sexual content"),
        "rated for language and sexual content; a beating that is half staged",
    ),
    ("october-sky-1999", "content_notes"): (
        ("mild language", "mild violence", "injury", "illness", "alcohol"),
        "a stepfather beats Roy Lee, the mine maims and kills, Miss Riley is dying",
    ),
    ("october-sky-1999", "age_rating"): ("PG", "known; the facts have none"),
    ("oldboy-2003", "content_notes"): (
        (
            "strong language",
            "graphic violence",
            "blood",
            "animal cruelty",
            "suicide",
            "self-harm",
            "torture",
            "sexual content",
            "sexual violence",
        ),
        "teeth are pulled, a tongue is cut, a live octopus is eaten, Mi-do is assaulted",
    ),
    ("once-upon-a-time-in-china-1991", "content_notes"): (
        ("racism", "violence", "blood", "sexual violence"),
        "colonists' contempt; women are abducted to be sold",
    ),
    ("one-punch-man-2015", "content_notes"): (
        ("mild language", "homophobia", "violence", "blood", "sexual content"),
        "monsters burst; nudity and a predatory prisoner are jokes",
    ),
    ("over-the-top-1987", "content_notes"): (
        ("mild language", "mild violence", "injury", "illness", "alcohol"),
        "an arm is broken, a mother dies in hospital, lorry drivers drink",
    ),
    ("over-the-top-1987", "age_rating"): ("PG", "known; the facts have none"),
    ("police-academy-1984", "content_notes"): (
        ("strong language", "racism", "homophobia", "fat shaming", "mild violence", "sexual content"),
        "a slur against Hooks, the Blue Oyster bar, nudity",
    ),
    ("predator-1987", "content_notes"): (
        ("strong language", "homophobia", "graphic violence", "blood", "sexual content"),
        "flayed bodies; soldiers' slurs and dirty jokes",
    ),
    ("pretty-woman-1990", "content_notes"): (
        ("strong language", "mild violence", "sexual content", "sexual violence", "drug use"),
        "Stuckey attacks Vivian; Kit's drugs, and a death from them",
    ),
    ("private-benjamin-1980", "content_notes"): (
        ("strong language", "sexual content", "sexual violence", "alcohol"),
        "Colonel Thornbush tries to force Judy",
    ),
    ("pumping-iron-1977", "content_notes"): (
        ("strong language", "sexual content", "drug use"),
        "Arnold compares, and lights up at the end",
    ),
    ("pumping-iron-1977", "age_rating"): ("PG", "known; the facts have none"),
    ("pygmalion-1938", "content_notes"): (
        ("mild language", "verbal abuse", "alcohol"),
        "Higgins bullies his pupil, her father drinks",
    ),
    ("queen-of-katwe-2016", "content_notes"): (("mild language", "injury"), "Phiona's brother is hit on the road"),
    ("ratatouille-2007", "content_notes"): (("mild violence",), "shotgun and kitchen knives chase rats"),
    ("real-genius-1985", "content_notes"): (
        ("mild language", "mild violence", "sexual content"),
        "jokes about sex; the laser kills a man in the weapon-makers' film",
    ),
    ("real-genius-1985", "age_rating"): ("PG", "known; the facts have none"),
    ("real-steel-2011", "content_notes"): (
        ("mild language", "violence", "animal cruelty"),
        "Charlie is beaten before his son; a robot fights a bull",
    ),
    ("remember-the-titans-2000", "content_notes"): (
        ("mild language", "racism", "homophobia", "mild violence", "injury"),
        "brawls and a brick; teasing of Sunshine; a crash leaves Bertier paralysed",
    ),
    ("rififi-1955", "content_notes"): (
        ("violence", "sexual violence", "drug use"),
        "Tony has Mado undress and beats her; an addict among the gang",
    ),
    ("rocky-1976", "content_notes"): (
        ("mild language", "verbal abuse", "violence", "blood", "alcohol"),
        "Paulie drunk with a bat; cut eyes",
    ),
    ("rocky-balboa-2006", "content_notes"): (("mild language", "violence", "blood"), "the fight draws blood"),
    ("rocky-ii-1979", "content_notes"): (
        ("mild language", "violence", "blood", "illness"),
        "cut eyes; Adrian in a coma",
    ),
    ("rocky-iii-1982", "content_notes"): (
        ("mild language", "racism", "violence", "blood", "illness"),
        "Paulie on Apollo's gym; Mickey's heart",
    ),
    ("rocky-iv-1985", "content_notes"): (
        ("mild language", "violence", "blood", "performance-enhancing drugs"),
        "a man is beaten to death in the ring",
    ),
    ("rudy-1993", "content_notes"): (
        ("mild language", "mild violence", "injury", "alcohol"),
        "Pete is killed at the mill; bar-room brawling",
    ),
    ("rudy-1993", "age_rating"): ("PG", "known; the facts have none"),
    ("run-fatboy-run-2007", "content_notes"): (
        ("strong language", "fat shaming", "mild violence", "injury", "sexual content", "alcohol"),
        "weight is the joke, in the title too; bare behinds; an ankle goes",
    ),
    ("school-of-rock-2003", "content_notes"): (
        ("mild language", "alcohol", "drug use"),
        "Dewey's hangovers; rated for rude humour and drug references",
    ),
    ("searching-for-bobby-fischer-1993", "content_notes"): (
        ("mild language",),
        "the park's hustlers talk as they play",
    ),
    ("seven-samurai-1954", "content_notes"): (
        ("violence", "suicide", "sexual violence", "alcohol"),
        "Rikichi's wife, taken by the bandits, goes into the fire",
    ),
    ("shall-we-dance-1996", "content_notes"): (("mild language",), "rated for it"),
    ("shall-we-dance-1996", "age_rating"): ("PG", "known; the facts have none"),
    ("shang-chi-and-the-legend-of-the-ten-rings-2021", "content_notes"): (
        ("mild language", "violence", "alcohol"),
        "nights out in San Francisco",
    ),
    ("shaolin-soccer-2001", "content_notes"): (
        ("mild language", "fat shaming", "mild violence", "blood", "alcohol", "performance-enhancing drugs"),
        "bottles on heads, a fat brother's jokes, Team Evil's injections",
    ),
    ("shes-all-that-1999", "content_notes"): (
        ("strong language", "verbal abuse", "sexual content", "alcohol"),
        "cruelty at school, drinking at parties",
    ),
    ("shes-the-man-2006", "content_notes"): (
        ("mild language", "mild violence", "sexual content"),
        "rated for sexual material; brawls",
    ),
    ("shine-1996", "content_notes"): (
        ("verbal abuse", "mild violence", "illness", "sexual content"),
        "the father's blows, the breakdown, nudity",
    ),
    ("silver-linings-playbook-2012", "content_notes"): (
        ("strong language", "racism", "violence", "illness", "sexual content"),
        "Pat's illness and his outbursts; a racist brawl at the stadium",
    ),
    ("singin-in-the-rain-1952", "age_rating"): ("G", "known; the facts have none"),
    ("sink-or-swim-2018", "content_notes"): (
        ("strong language", "verbal abuse", "illness", "sexual content", "alcohol", "drug use"),
        "depression and pills, the coaches' own drinking and shouting",
    ),
    ("snake-in-the-eagles-shadow-1978", "content_notes"): (
        ("verbal abuse", "violence", "animal cruelty"),
        "a real cat and a real cobra fight",
    ),
    ("spellbound-2002", "age_rating"): ("G", "known; the facts have none"),
    ("spider-man-2002", "content_notes"): (
        ("mild language", "homophobia", "violence", "blood", "sexual violence"),
        "men corner Mary Jane in an alley; impalings; a ringside joke",
    ),
    ("spider-man-into-the-spider-verse-2018", "content_notes"): (
        ("mild language", "mild violence"),
        "rated for it too",
    ),
    ("stand-and-deliver-1988", "content_notes"): (
        ("mild language", "racism", "mild violence", "illness"),
        "examiners' prejudice, gang fights, a heart attack",
    ),
    ("stand-and-deliver-1988", "age_rating"): ("PG", "known; the facts have none"),
    ("star-wars-episode-v-the-empire-strikes-back-1980", "content_notes"): (
        ("mild violence", "injury", "torture"),
        "Han is tortured, Luke loses a hand",
    ),
    ("starship-troopers-1997", "content_notes"): (
        (
            "strong language",
            "graphic violence",
            "blood",
            "injury",
            "animal cruelty",
            "war",
            "torture",
            "sexual content",
        ),
        "dismemberment, a flogging, a cow fed to the enemy",
    ),
    ("strictly-ballroom-1992", "content_notes"): (
        ("mild language", "alcohol"),
        "Ken is drunk on the floor and off it",
    ),
    ("stripes-1981", "content_notes"): (
        ("strong language", "homophobia", "fat shaming", "mild violence", "sexual content", "alcohol", "drug use"),
        "nudity, jokes about Ox's weight and at the recruiter's",
    ),
    ("swing-girls-2004", "content_notes"): (
        ("mild violence", "illness"),
        "a boar is fought off; the band is down with food poisoning",
    ),
    ("take-off-2009", "content_notes"): (
        ("mild language", "mild violence", "injury", "alcohol"),
        "brawls, falls and nights out",
    ),
    ("tampopo-1985", "content_notes"): (
        ("mild violence", "blood", "animal cruelty", "sexual content"),
        "a turtle is killed on screen, a gangster is shot, fists fly",
    ),
    ("taxi-driver-1976", "content_notes"): (
        (
            "strong language",
            "racism",
            "graphic violence",
            "blood",
            "suicide",
            "self-harm",
            "sexual content",
            "sexual violence",
            "drug use",
        ),
        "a child in prostitution, Travis's pills, the fist in the flame, the end",
    ),
    ("team-america-world-police-2004", "content_notes"): (
        ("strong language", "racism", "homophobia", "graphic violence", "blood", "sexual content", "alcohol"),
        "caricature of half the world, an acronym, the puppets' night",
    ),
    ("the-36th-chamber-of-shaolin-1978", "content_notes"): (
        ("violence", "blood", "injury"),
        "executions and wounds",
    ),
    ("the-amazing-spider-man-2012", "content_notes"): (
        ("mild language", "violence"),
        "a shooting, and a death at the end",
    ),
    ("the-bad-news-bears-1976", "content_notes"): (
        ("strong language", "verbal abuse", "racism", "homophobia", "fat shaming", "mild violence", "alcohol"),
        "slurs from the start, a father strikes his pitcher",
    ),
    ("the-bells-of-st-marys-1945", "content_notes"): (
        ("mild violence", "illness"),
        "schoolyard fists; Sister Benedict's illness",
    ),
    ("the-black-stallion-1979", "content_notes"): (
        ("mild violence", "animal cruelty"),
        "a shipwreck drowns the father; the horse is bound and struggles",
    ),
    ("the-boy-and-the-beast-2015", "content_notes"): (("mild language", "violence"), "swords find their mark"),
    ("the-boy-and-the-beast-2015", "age_rating"): ("PG-13", "known; the facts have none"),
    ("the-count-of-monte-cristo-2002", "content_notes"): (
        ("violence", "blood", "suicide", "torture", "sexual content"),
        "floggings by the calendar; Dantès tries to hang himself",
    ),
    ("the-cutting-edge-1992", "content_notes"): (
        ("mild language", "injury", "sexual content", "alcohol"),
        "innuendo, a drunken night, an eye injury that ends a career",
    ),
    ("the-cutting-edge-1992", "age_rating"): ("PG", "known; the facts have none"),
    ("the-dark-knight-rises-2012", "content_notes"): (
        ("mild language", "violence", "injury", "torture"),
        "a back is broken and a man hung from a rope to mend it",
    ),
    ("the-devil-wears-prada-2006", "content_notes"): (
        ("mild language", "fat shaming", "sexual content"),
        "a size six is called fat; an affair in Paris",
    ),
    ("the-dirty-dozen-1967", "content_notes"): (
        ("mild language", "racism", "violence", "war", "sexual content", "sexual violence", "alcohol"),
        "Maggott's slurs and what he does to women",
    ),
    ("the-forbidden-kingdom-2008", "content_notes"): (
        ("mild language", "violence", "alcohol"),
        "the drunken immortal, a gang at the start",
    ),
    ("the-freshman-1925", "content_notes"): (
        ("mild violence", "alcohol"),
        "Harold is knocked about; the tailor's medicine",
    ),
    ("the-great-escape-1963", "content_notes"): (
        ("violence", "war", "suicide", "alcohol"),
        "Ives climbs the wire; moonshine on the Fourth of July",
    ),
    ("the-hunger-games-2012", "content_notes"): (
        ("violence", "blood", "injury", "suicide", "alcohol"),
        "children kill children; the berries; Haymitch drinks",
    ),
    ("the-incredibles-2004", "content_notes"): (
        ("mild violence", "suicide"),
        "a man jumps from a roof at the start",
    ),
    ("the-italian-job-1969", "content_notes"): (
        ("mild language", "fat shaming", "mild violence", "sexual content"),
        "Charlie's welcome-home party and the Professor's taste are jokes of their time",
    ),
    ("the-italian-job-1969", "age_rating"): ("G", "known; the facts have none"),
    ("the-karate-kid-1984", "content_notes"): (
        ("mild language", "mild violence", "injury", "alcohol", "drug use"),
        "Daniel is beaten up, Miyagi drinks, Johnny rolls one",
    ),
    ("the-karate-kid-2010", "content_notes"): (
        ("mild language", "mild violence", "alcohol"),
        "Mr Han's yearly drunken grief",
    ),
    ("the-kings-speech-2010", "content_notes"): (
        ("strong language", "verbal abuse", "alcohol"),
        "a father's bullying, a brother's mockery",
    ),
    ("the-last-samurai-2003", "content_notes"): (
        ("racism", "violence", "blood", "war", "suicide", "alcohol"),
        "a massacre remembered, a general's seppuku, Algren's drinking",
    ),
    ("the-longest-yard-1974", "content_notes"): (
        ("strong language", "racism", "homophobia", "violence", "injury", "sexual content", "alcohol"),
        "a segregated prison and its slurs, a woman knocked down, a man burnt",
    ),
    ("the-magnificent-seven-1960", "content_notes"): (
        ("racism", "violence", "alcohol"),
        "a town will not bury an Indian among its own",
    ),
    ("the-mask-of-zorro-1998", "content_notes"): (
        ("violence", "sexual content", "alcohol"),
        "Alejandro drinks; a duel undresses Elena",
    ),
    ("the-matrix-1999", "content_notes"): (
        ("mild language", "violence", "blood", "torture"),
        "Morpheus is tortured for the codes",
    ),
    ("the-mighty-ducks-1992", "content_notes"): (
        ("mild language", "mild violence", "alcohol"),
        "Bombay is sentenced for drink-driving; rough play",
    ),
    ("the-queens-gambit-2020", "content_notes"): (
        ("strong language", "suicide", "sexual content", "alcohol", "drug use"),
        "Beth's mother and the car; Beth drinks",
    ),
    ("the-right-stuff-1983", "content_notes"): (
        ("strong language", "racism", "injury", "sexual content", "alcohol"),
        "an accent as a running joke, samples on demand, burns, Pancho's bar",
    ),
    ("the-silence-of-the-lambs-1991", "content_notes"): (
        (
            "strong language",
            "transphobia",
            "graphic violence",
            "blood",
            "suicide",
            "torture",
            "sexual content",
            "sexual violence",
        ),
        "Miggs, the pit, and what Buffalo Bill is made to be",
    ),
    ("the-sound-of-music-1965", "content_notes"): (("mild violence",), "soldiers hunt the family at the end"),
    ("the-sting-1973", "content_notes"): (
        ("strong language", "racism", "violence", "sexual content", "alcohol"),
        "slurs of the thirties, a stripper's turn, gin at cards",
    ),
    ("the-triplets-of-belleville-2003", "content_notes"): (
        ("racism", "fat shaming", "mild violence", "animal cruelty", "sexual content"),
        "caricatures, a topless dancer, frogs and dynamite",
    ),
    ("top-gun-maverick-2022", "content_notes"): (
        ("mild language", "mild violence", "illness", "war", "alcohol"),
        "a raid on a foreign plant, Iceman's illness, the bar",
    ),
    ("top-gun-maverick-2022", "age_rating"): ("PG-13", "known; the facts have none"),
    ("vision-quest-1985", "content_notes"): (
        ("strong language", "mild violence", "injury", "sexual content"),
        "starving to a weight, nosebleeds, a guest's advances",
    ),
    ("vision-quest-1985", "age_rating"): ("R", "known; the facts have none"),
    ("warrior-2011", "content_notes"): (
        ("strong language", "verbal abuse", "violence", "blood", "injury", "war", "alcohol", "drug use"),
        "a father's drinking, a marine's past, pills, broken shoulders",
    ),
    ("waterboys-2001", "content_notes"): (
        ("mild language", "homophobia"),
        "one boy's love for another and a bar of drag queens are played for laughs",
    ),
    ("wet-hot-american-summer-2001", "content_notes"): (
        ("strong language", "mild violence", "sexual content", "alcohol", "drug use"),
        "an hour in town ends with needles; children lost and thrown about for fun",
    ),
    ("wet-hot-american-summer-2001", "age_rating"): ("R", "known; the facts have none"),
    ("whale-rider-2002", "content_notes"): (
        ("mild language", "verbal abuse", "mild violence", "drug use"),
        "Koro's harshness, Rawiri's smoking",
    ),
    ("whale-rider-2002", "year"): (2003, "shown at a festival the year before, released then"),
    ("when-we-were-kings-1996", "content_notes"): (
        ("mild language", "racism", "violence"),
        "slavery and segregation spoken of, a dictator's prison, the fight",
    ),
    ("when-we-were-kings-1996", "age_rating"): ("PG", "known; the facts have none"),
    ("whip-it-2009", "content_notes"): (
        ("mild language", "mild violence", "injury", "sexual content", "alcohol", "drug use"),
        "Bliss drinks and spends a night; rated for crude talk and drugs",
    ),
    ("whiplash-2014", "content_notes"): (
        (
            "strong language",
            "verbal abuse",
            "racism",
            "homophobia",
            "fat shaming",
            "mild violence",
            "blood",
            "injury",
            "suicide",
        ),
        "Fletcher's slurs and slaps, a crash, a pupil who took his life",
    ),
    ("wonder-woman-2017", "content_notes"): (
        ("violence", "war", "sexual content"),
        "talk on a boat, a man bathing",
    ),
    ("wonder-woman-2017", "age_rating"): ("PG-13", "known; the facts have none"),
    ("x-men-first-class-2011", "content_notes"): (
        ("mild language", "racism", "violence", "war", "torture", "sexual content", "alcohol"),
        "a camp and a doctor in it, a missile crisis, a club",
    ),
}


@cache
def facts() -> dict[str, dict[str, Any]]:
    """What is known, by id."""
    assert FACTS is not None
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
