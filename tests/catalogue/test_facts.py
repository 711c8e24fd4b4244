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
    # Read a third time.
    ("mulan-1998", "content_notes"): (
        ("mild violence", "war"),
        "she goes to war, and finds a village that has been burned",
    ),
    ("how-to-train-your-dragon-2010", "content_notes"): (
        ("mild violence", "injury"),
        "he wakes with one leg",
    ),
    ("the-fencer-2015", "content_notes"): (
        ("war",),
        "on which side he was made to fight is why he hides, and the children have lost their fathers",
    ),
    ("remo-williams-the-adventure-begins-1985", "content_notes"): (
        ("strong language", "racism", "violence"),
        "a white actor made up as a Korean",
    ),
    ("bob-le-flambeur-1956", "original_title"): (
        None,
        "its title in English, which is seen_as",
    ),
    ("the-way-ahead-1944", "original_title"): (
        None,
        "its title in the United States, which is seen_as",
    ),
    ("evil-dead-ii-1987", "original_title"): (
        None,
        "the same title with more on the poster, which is seen_as",
    ),
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
        ("mild language", "verbal abuse", "war", "alcohol"),
        "their manager drinks, and shouts a player to tears; the war brings a telegram into the changing room",
    ),
    ("ali-2001", "content_notes"): (
        ("strong language", "racism", "violence", "war", "sexual content"),
        "the years of segregation, and the war that he will not go to; strong language and love scenes too",
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
        ("strong language", "violence", "blood", "injury", "sexual content"),
        "a broken leg and bleeding faces; a night with a reporter",
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
        ("mild language", "homophobia", "mild violence", "sexual content", "alcohol", "drug use"),
        "talk of sex, parties, a mugging, a joke about a friend who likes men",
    ),
    ("coach-carter-2005", "content_notes"): (
        ("mild language", "racism", "violence", "sexual content", "drug use"),
        "PG-13 for sexual content and drugs too; a slur is used, and the coach forbids it",
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
        ("strong language", "verbal abuse", "fat shaming", "mild violence", "sexual content", "alcohol"),
        "a coach's insults; jokes about weight, sex and drink",
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
        ("mild violence", "injury", "war", "torture"),
        "Han is tortured, Luke loses a hand, and it begins with a battle",
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
    # The ones written since, each read by two: the whole film again.
    ("9th-company-2005", "content_notes"): (
        ("war", "violence", "blood", "strong language", "verbal abuse", "sexual content"),
        "a war film: swearing, a woman shared in camp, bodies",
    ),
    ("a-man-escaped-1956", "content_notes"): (
        ("war", "mild violence", "blood", "suicide"),
        "prisoners are beaten and shot, and one has tried to hang himself",
    ),
    ("a-matter-of-size-2009", "content_notes"): (
        ("fat shaming", "sexual content", "homophobia", "mild language"),
        "their weight is the story and the butt; one of them comes out; love scenes",
    ),
    ("a-prophet-2009", "content_notes"): (
        ("graphic violence", "blood", "strong language", "racism", "sexual content", "drug use"),
        "prison: throats, slurs between gangs, women brought in, dealing",
    ),
    ("all-quiet-on-the-western-front-1930", "content_notes"): (
        ("war", "violence", "blood", "injury", "verbal abuse", "sexual content", "alcohol"),
        "the trenches and a hospital; a night with French girls; drinking",
    ),
    ("and-then-we-danced-2019", "content_notes"): (
        ("homophobia", "sexual content", "strong language", "mild violence", "injury", "alcohol"),
        "slurs and a beating over a love scene; a twisted ankle; nights out",
    ),
    ("as-it-is-in-heaven-2004", "content_notes"): (
        ("violence", "blood", "sexual content", "strong language", "fat shaming", "illness", "alcohol"),
        "a wife is beaten; love scenes; a singer jeered for his weight; a failing heart",
    ),
    ("ashita-no-joe-1970", "original_title"): (
        None,
        "the English title is not the original; it stands in `seen_as`",
    ),
    ("ashita-no-joe-1970", "content_notes"): (
        ("violence", "blood", "injury", "alcohol"),
        "boxing with what it leaves; the trainer drinks",
    ),
    ("attack-on-titan-2013", "content_notes"): (
        ("graphic violence", "blood", "war", "verbal abuse"),
        "people are eaten, and cadets are shouted at",
    ),
    ("babe-1995", "content_notes"): (
        ("mild violence",),
        "dogs kill a sheep, and a pig is beaten for it nearly to the gun",
    ),
    ("bad-genius-2017", "content_notes"): (
        ("mild language", "mild violence", "injury"),
        "a boy is beaten up and left on a rubbish tip",
    ),
    ("beasts-of-no-nation-2015", "content_notes"): (
        ("graphic violence", "blood", "war", "sexual violence", "drug use", "strong language", "verbal abuse"),
        "a child made to kill, abused and drugged by his commander",
    ),
    ("beautiful-boxer-2003", "content_notes"): (
        ("violence", "blood", "transphobia", "homophobia", "sexual content"),
        "jeers at who she is, in and out of the ring; nakedness",
    ),
    ("before-the-fall-2004", "content_notes"): (
        ("war", "violence", "blood", "racism", "suicide", "verbal abuse"),
        "a Nazi school: a grenade, a drowning, unarmed prisoners shot, humiliation",
    ),
    ("big-deal-on-madonna-street-1958", "content_notes"): (
        ("mild violence",),
        "a cosh, slaps and an accident with a tram",
    ),
    ("blancanieves-2012", "content_notes"): (
        ("violence", "animal cruelty", "blood", "injury", "sexual content"),
        "bulls die, a man is gored and pushed downstairs; a whip in the bedroom",
    ),
    ("blood-wedding-1981", "content_notes"): (("mild violence",), "the dance ends with knives"),
    ("bob-le-flambeur-1956", "content_notes"): (
        ("violence", "sexual content", "alcohol"),
        "shootings, a young woman undressed, drinks all night",
    ),
    ("borg-vs-mcenroe-2017", "content_notes"): (
        ("strong language", "verbal abuse", "sexual content"),
        "McEnroe's tongue, and a night with strangers",
    ),
    ("born-yesterday-1950", "content_notes"): (
        ("mild violence", "verbal abuse", "alcohol"),
        "Brock drinks, bellows and slaps",
    ),
    ("brassed-off-1996", "content_notes"): (
        ("strong language", "suicide", "illness", "alcohol", "sexual content"),
        "a man tries to hang himself; black lung; a love story and pints",
    ),
    ("carmen-1983", "content_notes"): (("violence", "sexual content"), "love scenes, and a knife at the end"),
    ("carry-on-sergeant-1958", "content_notes"): (("mild language",), "army words of the mildest sort"),
    ("chak-de-india-2007", "content_notes"): (
        ("mild violence", "racism", "verbal abuse", "mild language"),
        "players from the hills are jeered, a Muslim called a traitor; a brawl",
    ),
    ("champions-2018", "content_notes"): (
        ("mild language", "verbal abuse", "alcohol"),
        "he drives drunk and insults his players before he knows them",
    ),
    ("chihayafuru-2011", "content_notes"): (("fat shaming",), "one of the five is called Porky"),
    ("children-of-glory-2006", "content_notes"): (
        ("violence", "blood", "war", "torture", "sexual content", "strong language", "homophobia"),
        "an uprising, an interrogation, a love scene, blood in the pool",
    ),
    ("chocolate-2008", "content_notes"): (
        ("graphic violence", "blood", "injury", "illness", "sexual content", "transphobia"),
        "falls from roofs, a mother with cancer, a love scene, a gang of kathoeys drawn as villains",
    ),
    ("cinema-paradiso-1988", "content_notes"): (
        ("injury", "war", "sexual content", "mild language", "mild violence"),
        "a fire blinds a man; bombs; a father lost in Russia; what goes on in the stalls",
    ),
    ("cold-war-2018", "director"): (("Paweł Pawlikowski",), "his name with its own letters"),
    ("cold-war-2018", "content_notes"): (
        ("sexual content", "sexual violence", "suicide", "strong language", "alcohol"),
        "love scenes, a father and a knife, the end, and much drink between",
    ),
    ("crippled-avengers-1978", "content_notes"): (
        ("graphic violence", "blood", "injury", "torture"),
        "limbs and eyes are taken, a brain crushed in a vice",
    ),
    ("crying-fist-2005", "content_notes"): (
        ("violence", "blood", "strong language", "alcohol"),
        "beatings, bleeding faces, swearing, drink",
    ),
    ("dark-blue-world-2001", "original_title"): ("Tmavomodrý svět", "with its own letters"),
    ("dark-blue-world-2001", "director"): (("Jan Svěrák",), "his name with its own letters"),
    ("dark-blue-world-2001", "content_notes"): (
        ("war", "violence", "sexual content", "injury", "alcohol"),
        "aircraft burn; a love triangle; a camp after the war",
    ),
    ("das-boot-1981", "original_title"): (None, "the English title is not the original; it stands in `seen_as`"),
    ("das-boot-1981", "content_notes"): (
        ("war", "violence", "strong language", "blood", "injury", "sexual content", "alcohol"),
        "a drunken night with women, burning men, swearing",
    ),
    ("day-of-anger-1967", "content_notes"): (
        ("violence", "blood", "verbal abuse"),
        "shootings and a town's contempt for its sweeper",
    ),
    ("departures-2008", "content_notes"): (
        ("suicide", "transphobia", "mild language"),
        "some of the dead took their lives; a dead woman's sex is a joke, then a grief",
    ),
    ("eagle-vs-shark-2007", "original_title"): (None, "only a full stop apart; it stands in `seen_as`"),
    ("eagle-vs-shark-2007", "content_notes"): (
        ("strong language", "sexual content", "mild violence", "suicide"),
        "R for language and sex; a brother took his life",
    ),
    ("eega-2012", "content_notes"): (("violence", "alcohol"), "the villain drinks, kills and has others killed"),
    ("elite-squad-2007", "content_notes"): (
        ("graphic violence", "blood", "torture", "strong language", "verbal abuse", "drug use", "sexual content"),
        "a plastic bag over a face, dealers and their customers, a brothel",
    ),
    ("english-vinglish-2012", "content_notes"): (
        ("verbal abuse", "homophobia"),
        "her family belittles her; classmates joke about their teacher, who is gay, and the film takes his side",
    ),
    ("farewell-my-concubine-1993", "content_notes"): (
        ("violence", "blood", "verbal abuse", "suicide", "sexual violence", "war", "drug use", "homophobia"),
        "canings, a finger cut off, assault of a boy, opium, persecution, deaths by their own hand",
    ),
    ("fighter-2007", "language"): (("Danish", "Turkish"), "the family speaks Turkish at home"),
    ("fighter-2007", "content_notes"): (
        ("violence", "mild language", "verbal abuse"),
        "fights, a fallen-out family, a father's anger",
    ),
    ("five-deadly-venoms-1978", "content_notes"): (
        ("graphic violence", "blood", "torture"),
        "nails in the ears, a coffin with spikes",
    ),
    ("forever-the-moment-2008", "content_notes"): (
        ("suicide", "mild language", "alcohol"),
        "a husband takes poison over his debts",
    ),
    ("four-minutes-2006", "content_notes"): (
        (
            "violence",
            "blood",
            "strong language",
            "suicide",
            "self-harm",
            "sexual violence",
            "racism",
            "homophobia",
            "war",
        ),
        "beatings, a hanging, cut arms, a father's abuse, a love hanged under the Nazis, slurs for music",
    ),
    ("from-russia-with-love-1963", "content_notes"): (
        ("violence", "sexual content", "racism"),
        "two women fight for show in a gypsy camp; beds; killings",
    ),
    ("fullmetal-alchemist-brotherhood-2009", "content_notes"): (
        ("violence", "blood", "war", "racism", "illness"),
        "a people destroyed, a mother's sickness, limbs lost",
    ),
    ("g-o-r-a-2004", "content_notes"): (
        ("strong language", "sexual content", "sexual violence", "homophobia", "drug use", "mild violence"),
        "crude jokes of all kinds, some about forced sex and about gay men, some about drugs",
    ),
    ("gensan-punch-2021", "content_notes"): (
        ("violence", "blood", "injury", "sexual content"),
        "boxing, a missing leg, a love scene",
    ),
    ("gentlemen-of-fortune-1971", "content_notes"): (
        ("mild violence", "mild language", "alcohol"),
        "thieves with thieves' words, a chase, a bottle",
    ),
    ("girl-2018", "content_notes"): (
        ("self-harm", "blood", "injury", "transphobia", "sexual content"),
        "what she does to her body at the end; a humiliation by classmates",
    ),
    ("gregory-s-girl-1981", "content_notes"): (
        ("sexual content", "mild language"),
        "a nurse seen through a window at the start; boys' talk",
    ),
    ("gunbuster-1988", "content_notes"): (
        ("violence", "war", "sexual content"),
        "a war in space; girls in a bath-house",
    ),
    ("haikyu-2014", "content_notes"): (("mild language",), "boys who shout at one another"),
    ("heavy-trip-2018", "content_notes"): (
        ("strong language", "mild violence", "blood", "homophobia", "alcohol"),
        "vomit, a body dug up, slurs shouted from cars, beer",
    ),
    ("hikaru-no-go-2001", "content_notes"): (("suicide",), "the ghost drowned himself"),
    ("hipsters-2008", "content_notes"): (
        ("sexual content", "alcohol", "mild violence", "mild language"),
        "love scenes, drinks, scissors at the hair",
    ),
    ("hot-fuzz-2007", "content_notes"): (
        ("graphic violence", "strong language", "blood", "injury", "alcohol"),
        "heads, spikes and pub nights",
    ),
    ("how-to-steal-a-million-1966", "content_notes"): (("alcohol",), "brandy, and a bottle for the guards"),
    ("hula-girls-2006", "content_notes"): (
        ("mild violence", "verbal abuse", "fat shaming", "alcohol"),
        "a father's blows, a teacher's tongue and drinking, jokes about a big girl",
    ),
    ("imagine-2012", "year"): (2013, "at festivals the year before, in cinemas from April 2013"),
    ("imagine-2012", "content_notes"): (("injury", "alcohol"), "falls in the dark, and wine"),
    ("indian-horse-2017", "year"): (2018, "at festivals the year before, in cinemas from April 2018"),
    ("indian-horse-2017", "language"): (("English", "Ojibwe"), "Saul's family speaks Ojibwe"),
    ("indian-horse-2017", "content_notes"): (
        ("racism", "violence", "sexual violence", "suicide", "verbal abuse", "alcohol", "strong language"),
        "a residential school: beatings, abuse by a priest, a girl's death, slurs, drink",
    ),
    ("intimate-lighting-1965", "original_title"): ("Intimní osvětlení", "with its own letters"),
    ("intimate-lighting-1965", "content_notes"): (("alcohol",), "drinks by night"),
    ("jawbone-2017", "content_notes"): (
        ("violence", "blood", "strong language", "alcohol", "illness"),
        "a relapse, a body worn down, an unlicensed fight",
    ),
    ("jigarthanda-2014", "content_notes"): (
        ("violence", "blood", "strong language", "alcohol", "sexual content"),
        "a gangster film with a gangster's jokes: killings, swearing, drink",
    ),
    ("kano-2014", "content_notes"): (
        ("racism", "mild violence", "blood", "injury", "war"),
        "contempt for players who are not Japanese; a bleeding finger; soldiers on their way",
    ),
    ("kids-return-1996", "content_notes"): (
        ("violence", "blood", "mild language", "alcohol"),
        "fights, a knife, beer before bouts",
    ),
    ("la-strada-1954", "content_notes"): (
        ("violence", "sexual violence", "verbal abuse", "alcohol"),
        "a girl bought and used, a killing, a drinker",
    ),
    ("lady-snowblood-1973", "content_notes"): (
        ("graphic violence", "blood", "sexual violence", "sexual content"),
        "fountains of blood, and the assault that begins it",
    ),
    ("land-of-mine-2015", "content_notes"): (
        ("war", "graphic violence", "blood", "injury", "suicide", "verbal abuse", "strong language"),
        "limbs and boys blown up, one who walks out to the mines, humiliation",
    ),
    ("le-trou-1960", "content_notes"): (
        ("mild violence", "mild language"),
        "two plumbers are slapped; a prison's words",
    ),
    ("lift-like-a-girl-2020", "content_notes"): (
        ("verbal abuse", "strong language"),
        "the Captain swears and insults by way of love",
    ),
    ("like-stars-on-earth-2007", "content_notes"): (("verbal abuse", "mild violence"), "teachers hit, boys brawl"),
    ("mad-monkey-kung-fu-1979", "content_notes"): (
        ("violence", "animal cruelty", "injury", "blood", "sexual content", "alcohol"),
        "a monkey is killed, hands are crushed, a brothel, a drugged drink",
    ),
    ("marathon-2005", "content_notes"): (
        ("mild violence", "alcohol"),
        "the coach drinks; a boy who is slapped for his stripes",
    ),
    ("max-manus-2008", "language"): (("Norwegian", "English", "German"), "English in Scotland, German in Oslo"),
    ("max-manus-2008", "content_notes"): (
        ("war", "violence", "blood", "torture", "alcohol", "strong language"),
        "an occupation: interrogations, reprisals, drink against the memory",
    ),
    ("merantau-2009", "content_notes"): (
        ("graphic violence", "blood", "sexual violence", "sexual content", "strong language"),
        "girls are sold and beaten; men die in lifts",
    ),
    ("military-wives-2019", "year"): (2020, "at a festival the year before, in cinemas from March 2020"),
    ("military-wives-2019", "content_notes"): (
        ("war", "strong language", "sexual content", "alcohol"),
        "rated for strong language and talk of sex; wine; a death in the war",
    ),
    ("mirageman-2007", "year"): (2008, "at festivals the year before, in cinemas from March 2008"),
    ("mirageman-2007", "content_notes"): (
        ("violence", "blood", "sexual violence", "strong language"),
        "an assault behind it all, and children kept by criminals",
    ),
    ("mirai-2018", "content_notes"): (
        ("mild violence", "war"),
        "a child hits a baby with a toy, a bad dream at a station; a swim after a bombing",
    ),
    ("mob-psycho-100-2016", "content_notes"): (("violence", "blood"), "psychic fights that smash schools"),
    ("money-heist-2017", "content_notes"): (
        (
            "violence",
            "blood",
            "strong language",
            "verbal abuse",
            "torture",
            "sexual content",
            "sexual violence",
            "homophobia",
            "transphobia",
            "drug use",
            "alcohol",
            "illness",
        ),
        "months of a siege: beatings, threats, an officer's slurs, an illness kept secret",
    ),
    ("monos-2019", "content_notes"): (
        (
            "violence",
            "war",
            "suicide",
            "animal cruelty",
            "sexual content",
            "strong language",
            "drug use",
            "alcohol",
            "blood",
        ),
        "a cow shot by mistake, and who pays for it; a hostage; mushrooms and kisses",
    ),
    ("murderball-2005", "content_notes"): (
        ("strong language", "sexual content", "injury", "illness", "alcohol"),
        "broken necks, a coach's heart attack, beer and frank talk about sex",
    ),
    ("naruto-2002", "content_notes"): (
        ("violence", "blood", "mild language", "sexual content", "alcohol"),
        "a boy's crude tricks, knives and blood, a style fought drunk",
    ),
    ("navillera-2021", "content_notes"): (
        ("illness", "injury", "mild violence", "mild language"),
        "dementia as the facts have it; a knee; a bully",
    ),
    ("nomad-2005", "content_notes"): (
        ("violence", "war", "blood", "sexual content"),
        "battles, captives, a love scene",
    ),
    ("ong-bak-2-the-beginning-2008", "content_notes"): (
        ("graphic violence", "blood", "animal cruelty"),
        "massacres, a pit with a crocodile, elephants in a fight",
    ),
    ("ong-bak-the-thai-warrior-2003", "content_notes"): (
        (
            "graphic violence",
            "blood",
            "strong language",
            "drug use",
            "performance-enhancing drugs",
            "sexual content",
        ),
        "broken limbs, needles, an overdose, a stimulant in the ring",
    ),
    ("otelo-burning-2011", "content_notes"): (
        ("graphic violence", "racism", "sexual violence", "mild language"),
        "a boy burnt with a tyre; apartheid; a rape",
    ),
    ("paan-singh-tomar-2012", "content_notes"): (
        ("violence", "blood", "strong language"),
        "bandits and police, with their words",
    ),
    ("painted-faces-1988", "content_notes"): (
        ("violence", "verbal abuse", "injury", "illness"),
        "canings, an old player's last fall",
    ),
    ("persepolis-2007", "content_notes"): (
        ("suicide", "drug use", "alcohol", "war", "violence", "torture", "strong language", "sexual content"),
        "a revolution, prisons, bombs, an attempt on herself, love affairs, secret parties",
    ),
    ("phar-lap-1983", "content_notes"): (
        ("animal cruelty", "racism", "mild violence", "mild language"),
        "a horse shot at and poisoned; contempt for his Jewish owner",
    ),
    ("ping-pong-2002", "content_notes"): (
        ("injury", "mild violence", "mild language"),
        "a bad knee, a slap or two",
    ),
    ("populaire-2012", "content_notes"): (("sexual content", "alcohol"), "the love scene it was rated for; drinks"),
    ("porco-rosso-1992", "content_notes"): (
        ("mild violence", "war", "alcohol"),
        "dogfights, a dead squadron, bars",
    ),
    ("rab-ne-bana-di-jodi-2008", "content_notes"): (
        ("mild violence", "mild language"),
        "a scuffle, a sumo bout, cheeky words",
    ),
    ("rare-exports-a-christmas-tale-2010", "content_notes"): (
        ("violence", "strong language", "blood", "sexual content", "animal cruelty"),
        "naked old men, reindeer slaughtered, an ear bitten",
    ),
    ("rocco-and-his-brothers-1960", "content_notes"): (
        ("violence", "sexual violence", "sexual content", "blood", "alcohol"),
        "an assault and a murder",
    ),
    ("rrr-2022", "content_notes"): (
        ("graphic violence", "blood", "war", "racism", "torture"),
        "floggings, beasts let loose, an empire's contempt",
    ),
    ("run-with-the-wind-2018", "content_notes"): (
        ("injury", "illness", "alcohol", "mild violence"),
        "a knee, anaemia, parties",
    ),
    ("saint-ralph-2004", "content_notes"): (
        ("illness", "sexual content", "mild language"),
        "a boy's thoughts about girls, and a hospital",
    ),
    ("sands-of-iwo-jima-1949", "content_notes"): (
        ("war", "violence", "racism", "alcohol"),
        "wartime words for the enemy; a sergeant's bottle",
    ),
    ("sanshiro-sugata-1943", "content_notes"): (("violence",), "a man dies of a throw"),
    ("scaramouche-1952", "content_notes"): (("mild violence", "alcohol"), "duels, some to the death, and wine"),
    ("school-for-scoundrels-1960", "content_notes"): (("alcohol",), "drinks, one spiked"),
    ("seducing-doctor-lewis-2003", "content_notes"): (
        ("drug use", "sexual content", "alcohol", "mild language"),
        "a policeman finds cocaine; a telephone is listened in on; beer",
    ),
    ("shaolin-temple-1982", "content_notes"): (
        ("violence", "animal cruelty", "blood", "sexual violence", "alcohol"),
        "animals are killed on screen; monks drink; a shepherdess is carried off",
    ),
    ("silmido-2003", "content_notes"): (
        ("violence", "blood", "strong language", "verbal abuse", "suicide", "sexual violence", "torture"),
        "recruits beaten and branded; an assault; a grenade in the bus",
    ),
    ("sing-street-2016", "content_notes"): (
        (
            "strong language",
            "verbal abuse",
            "mild violence",
            "homophobia",
            "racism",
            "drug use",
            "alcohol",
            "sexual violence",
        ),
        "a priest's cruelty, bullies, slurs, what Raphina says about her father",
    ),
    ("somm-2012", "content_notes"): (("alcohol", "strong language"), "candidates swear when they lose"),
    ("sultan-2016", "content_notes"): (
        ("violence", "injury", "alcohol", "mild language"),
        "a wrestler's bottle, cage fights, broken ribs",
    ),
    ("sumo-do-sumo-don-t-1992", "content_notes"): (
        ("fat shaming", "injury", "mild violence", "mild language"),
        "a fat wrestler is teased; a broken arm",
    ),
    ("swing-time-1936", "content_notes"): (
        ("racism", "alcohol"),
        "the Bojangles number is danced in blackface; gamblers' drinks",
    ),
    ("the-boxer-1997", "content_notes"): (
        ("violence", "blood", "strong language", "alcohol"),
        "bombs, shootings, swearing, pubs",
    ),
    ("the-boy-who-harnessed-the-wind-2019", "content_notes"): (
        ("mild violence",),
        "a riot for grain; a headman is beaten",
    ),
    ("the-bridge-1959", "content_notes"): (("war", "violence", "blood"), "boys die, one shown with his wounds"),
    ("the-champion-1915", "content_notes"): (("mild violence", "alcohol"), "knockabout and a shared beer"),
    ("the-chorus-2004", "content_notes"): (
        ("verbal abuse", "violence", "blood", "injury", "sexual content", "mild language"),
        "a trap wounds a caretaker; blows; boys' words and their jokes about women",
    ),
    ("the-circus-1928", "content_notes"): (("mild violence",), "a ringmaster hits his stepdaughter"),
    ("the-commitments-1991", "content_notes"): (
        ("strong language", "sexual content", "racism", "mild violence", "alcohol"),
        "R for language; brawls, couples, a word about who is black",
    ),
    ("the-dam-busters-1955", "content_notes"): (
        ("war", "mild violence", "racism", "alcohol"),
        "the facts' note stands; deaths and a toast",
    ),
    ("the-dark-horse-2014", "content_notes"): (
        ("strong language", "violence", "blood", "illness", "verbal abuse", "drug use", "alcohol"),
        "an illness of the mind, a gang's initiation, drugs",
    ),
    ("the-eagle-huntress-2016", "content_notes"): (("animal cruelty",), "eagles hunt a fox, and a sheep is killed"),
    ("the-eight-diagram-pole-fighter-1984", "content_notes"): (
        ("graphic violence", "blood", "self-harm"),
        "teeth pulled, a scalp burnt by his own hand",
    ),
    ("the-fearless-hyena-1979", "content_notes"): (
        ("violence", "blood", "sexual content"),
        "a grandfather is killed; a comic fight in a woman's dress",
    ),
    ("the-finishers-2013", "content_notes"): (("mild language",), "a father's words"),
    ("the-firemen-s-ball-1967", "original_title"): ("Hoří, má panenko", "with its own letters"),
    ("the-firemen-s-ball-1967", "director"): (("Miloš Forman",), "his name with its own letters"),
    ("the-firemen-s-ball-1967", "content_notes"): (
        ("sexual content", "alcohol", "illness"),
        "a beauty contest nobody asked for, theft, drink, a man dying of cancer",
    ),
    ("the-first-grader-2010", "content_notes"): (
        ("violence", "torture", "war", "racism", "sexual content"),
        "Mau Mau prisoners are tortured, a family killed, tribes set apart",
    ),
    ("the-foul-king-2000", "content_notes"): (
        ("violence", "blood", "verbal abuse", "strong language", "alcohol"),
        "fork in the forehead, a bullying boss, swearing",
    ),
    ("the-girl-who-leapt-through-time-2006", "content_notes"): (("injury",), "a bicycle and a train"),
    ("the-happiest-day-in-the-life-of-olli-maki-2016", "content_notes"): (
        ("mild violence", "sexual content", "alcohol"),
        "a bout, a skinny dip, a bar",
    ),
    ("the-iron-ladies-2000", "content_notes"): (
        ("homophobia", "transphobia", "sexual content", "mild violence", "mild language", "alcohol"),
        "slurs, then cheers; a slap; nights out",
    ),
    ("the-loneliness-of-the-long-distance-runner-1962", "content_notes"): (
        ("mild language", "mild violence", "illness", "sexual content"),
        "a father dies; a brawl in the canteen; a weekend with girls",
    ),
    ("the-miracle-worker-1962", "content_notes"): (("mild violence",), "the struggle at table is a real one"),
    ("the-mole-agent-2020", "content_notes"): (("illness",), "people who lose their memory"),
    ("the-one-armed-swordsman-1967", "content_notes"): (
        ("graphic violence", "blood", "injury"),
        "an arm cut off, many killed",
    ),
    ("the-pinchcliffe-grand-prix-1975", "content_notes"): (("racism",), "an oil sheikh drawn as caricature"),
    ("the-power-of-one-1992", "content_notes"): (
        ("racism", "violence", "blood", "war", "animal cruelty", "verbal abuse", "mild language"),
        "apartheid, a hanging, a beaten prisoner, a hen killed by boys",
    ),
    ("the-prodigal-son-1981", "content_notes"): (
        ("graphic violence", "blood", "illness", "sexual content", "fat shaming", "homophobia"),
        "a troupe slaughtered, asthma, jokes about women's roles and weight",
    ),
    ("the-red-violin-1998", "language"): (
        ("German", "French", "English", "Italian", "Mandarin"),
        "five episodes, five languages",
    ),
    ("the-red-violin-1998", "content_notes"): (
        ("illness", "suicide", "sexual content", "violence", "drug use", "strong language"),
        "a death in childbirth, a lover's last letter, opium, love scenes, a revolution's rage",
    ),
    ("the-robber-2010", "content_notes"): (
        ("violence", "blood", "sexual content"),
        "robberies with a gun, a probation officer's death, a love scene",
    ),
    ("the-runner-1984", "content_notes"): (("mild violence",), "boys fight over bottles and ice"),
    ("the-sapphires-2012", "content_notes"): (
        ("racism", "war", "violence", "sexual content", "alcohol", "mild language"),
        "the stolen children, Vietnam, drink, kisses",
    ),
    ("the-sword-in-the-stone-1963", "content_notes"): (("mild violence",), "a pike, a wolf, a duel of shapes"),
    ("the-way-ahead-1944", "content_notes"): (
        ("war", "mild violence", "alcohol"),
        "a ship goes down, an attack, pubs",
    ),
    ("the-world-s-fastest-indian-2005", "content_notes"): (
        ("mild language", "sexual content", "drug use", "illness"),
        "angina, a night with a widow, a joint",
    ),
    ("they-call-me-trinity-1970", "content_notes"): (
        ("mild violence", "alcohol", "racism"),
        "whisky, brawls, a Mexican as butt",
    ),
    ("together-2002", "content_notes"): (("mild language", "sexual content"), "a neighbour kept by men; words"),
    ("tous-les-matins-du-monde-1991", "original_title"): (
        None,
        "the English title is not the original; it stands in `seen_as`",
    ),
    ("tous-les-matins-du-monde-1991", "content_notes"): (
        ("suicide", "sexual content", "illness", "verbal abuse"),
        "a daughter hangs herself; nakedness; a father's rage",
    ),
    ("two-sons-of-francisco-2005", "content_notes"): (
        ("alcohol", "injury"),
        "an accident kills a boy; a father's and an agent's cachaça",
    ),
    ("unbeatable-2013", "content_notes"): (
        ("violence", "blood", "injury", "illness", "alcohol", "strong language"),
        "cage fights, a mother's illness, a broken neck",
    ),
    ("valentin-2002", "content_notes"): (
        ("mild language", "verbal abuse", "racism", "illness"),
        "a father's hatred of Jews, blows of the tongue, a grandmother's death",
    ),
    ("vitus-2006", "content_notes"): (("injury",), "a fall from a balcony"),
    ("viva-2015", "content_notes"): (
        ("homophobia", "sexual content", "mild violence", "strong language", "alcohol", "illness"),
        "a father's fists, sex for money, a dying man",
    ),
    ("wadjda-2012", "content_notes"): (("mild language",), "a schoolgirl's cheek, a builder's remark"),
    ("we-are-the-best-2013", "content_notes"): (
        ("alcohol", "strong language", "blood"),
        "thirteen-year-olds drink and swear; a bleeding hand",
    ),
    ("welcome-mr-marshall-1953", "content_notes"): (
        ("racism", "mild violence", "alcohol"),
        "a sheriff's dream, Indians and the Klan in a procession of dreams; wine",
    ),
    ("white-god-2014", "content_notes"): (
        (
            "graphic violence",
            "animal cruelty",
            "blood",
            "strong language",
            "drug use",
            "performance-enhancing drugs",
        ),
        "dogs are trained to fight and shot",
    ),
    ("wings-1927", "content_notes"): (
        ("war", "violence", "alcohol", "sexual content"),
        "a crash with blood, a Paris night with champagne, a glimpse of nakedness",
    ),
    ("wolf-children-2012", "content_notes"): (
        ("mild violence", "blood", "sexual content"),
        "a dead wolf, a scratched ear, a night together",
    ),
    ("young-at-heart-2007", "film"): ("Young@Heart", "written as the chorus writes itself"),
    ("young-at-heart-2007", "original_title"): (None, "it is the title"),
    ("young-at-heart-2007", "content_notes"): (
        ("illness", "mild language"),
        "two singers die while they rehearse; language of a mild sort",
    ),
    ("yuli-2018", "content_notes"): (
        ("violence", "racism", "homophobia", "illness", "mild language", "sexual content"),
        "a father's belt, slurs at a dancing boy, slavery danced, a sister's illness",
    ),
    ("pickpocket-1959", "content_notes"): (("illness",), "a mother falls ill and dies"),
    ("otelo-burning-2011", "year"): (2012, "opened a festival the year before, in cinemas from May 2012"),
    ("paper-planes-2014", "year"): (2015, "at festivals the year before, in cinemas from January 2015"),
    ("saint-ralph-2004", "year"): (2005, "at festivals the year before, in cinemas from April 2005"),
    ("somm-2012", "year"): (2013, "at festivals the year before, released in June 2013"),
    ("the-first-grader-2010", "year"): (2011, "at festivals the year before, in cinemas from May 2011"),
    ("viva-2015", "year"): (2016, "at festivals the year before, in cinemas from April 2016"),
}

# Known, where the facts have none.
KNOWN: dict[str, dict[str, str]] = {
    "a-prophet-2009": {"age_rating": "R"},
    "as-it-is-in-heaven-2004": {"composer": "Stefan Nilsson"},
    "attack-on-titan-2013": {"composer": "Hiroyuki Sawano"},
    "babe-1995": {"composer": "Nigel Westlake"},
    "beasts-of-no-nation-2015": {"composer": "Dan Romer"},
    "big-deal-on-madonna-street-1958": {"composer": "Piero Umiliani"},
    "blancanieves-2012": {"age_rating": "PG-13"},
    "bob-le-flambeur-1956": {"composer": "Eddie Barclay and Jo Boyer"},
    "borg-vs-mcenroe-2017": {"age_rating": "R"},
    "brassed-off-1996": {"age_rating": "R", "composer": "Trevor Jones"},
    "chak-de-india-2007": {"composer": "Salim–Sulaiman"},
    "children-of-glory-2006": {"composer": "Nick Glennie-Smith"},
    "chocolate-2008": {"age_rating": "R"},
    "cinema-paradiso-1988": {"composer": "Ennio Morricone"},
    "cold-war-2018": {"age_rating": "R"},
    "dark-blue-world-2001": {"age_rating": "R", "composer": "Ondřej Soukup"},
    "day-of-anger-1967": {"composer": "Riz Ortolani"},
    "departures-2008": {"age_rating": "PG-13", "composer": "Joe Hisaishi"},
    "eagle-vs-shark-2007": {"age_rating": "R"},
    "eega-2012": {"composer": "M.M. Keeravani"},
    "elite-squad-2007": {"age_rating": "R", "composer": "Pedro Bromfman"},
    "farewell-my-concubine-1993": {"age_rating": "R", "composer": "Zhao Jiping"},
    "four-minutes-2006": {"composer": "Annette Focks"},
    "from-russia-with-love-1963": {"age_rating": "PG"},
    "fullmetal-alchemist-brotherhood-2009": {"composer": "Akira Senju"},
    "gentlemen-of-fortune-1971": {"composer": "Gennady Gladkov"},
    "girl-2018": {"composer": "Valentin Hadjadj"},
    "gregory-s-girl-1981": {"age_rating": "PG"},
    "gunbuster-1988": {"composer": "Kohei Tanaka"},
    "haikyu-2014": {"composer": "Yuki Hayashi and Asami Tachibana"},
    "how-to-steal-a-million-1966": {"composer": "John Williams"},
    "hula-girls-2006": {"composer": "Jake Shimabukuro"},
    "jawbone-2017": {"composer": "Paul Weller"},
    "jigarthanda-2014": {"composer": "Santhosh Narayanan"},
    "kids-return-1996": {"composer": "Joe Hisaishi"},
    "land-of-mine-2015": {"age_rating": "R", "composer": "Sune Martin"},
    "lift-like-a-girl-2020": {"composer": "Marian Mentrup"},
    "like-stars-on-earth-2007": {"composer": "Shankar–Ehsaan–Loy"},
    "liz-and-the-blue-bird-2018": {"composer": "Kensuke Ushio and Akito Matsuda"},
    "military-wives-2019": {"age_rating": "PG-13"},
    "mirai-2018": {"age_rating": "PG"},
    "mob-psycho-100-2016": {"composer": "Kenji Kawai"},
    "monos-2019": {"age_rating": "R"},
    "naruto-2002": {"composer": "Toshio Masuda"},
    "nomad-2005": {"age_rating": "R"},
    "ong-bak-the-thai-warrior-2003": {"age_rating": "R"},
    "persepolis-2007": {"composer": "Olivier Bernet"},
    "phar-lap-1983": {"age_rating": "PG"},
    "populaire-2012": {"age_rating": "R"},
    "porco-rosso-1992": {"age_rating": "PG", "composer": "Joe Hisaishi"},
    "rab-ne-bana-di-jodi-2008": {"composer": "Salim–Sulaiman"},
    "rare-exports-a-christmas-tale-2010": {"age_rating": "R"},
    "rrr-2022": {"composer": "M.M. Keeravani"},
    "run-with-the-wind-2018": {"composer": "Yuki Hayashi"},
    "sanshiro-sugata-1943": {"composer": "Seiichi Suzuki"},
    "seducing-doctor-lewis-2003": {"composer": "Jean-Marie Benoît"},
    "sing-street-2016": {"age_rating": "PG-13"},
    "the-boxer-1997": {"age_rating": "R"},
    "the-boy-who-harnessed-the-wind-2019": {"composer": "Antônio Pinto"},
    "the-chorus-2004": {"composer": "Bruno Coulais"},
    "the-commitments-1991": {"age_rating": "R"},
    "the-eagle-huntress-2016": {"age_rating": "G"},
    "the-finishers-2013": {"composer": "Barði Jóhannsson"},
    "the-first-grader-2010": {"age_rating": "PG-13"},
    "the-pinchcliffe-grand-prix-1975": {"composer": "Bent Fabricius-Bjerre"},
    "the-power-of-one-1992": {"age_rating": "PG-13", "composer": "Hans Zimmer"},
    "the-red-violin-1998": {"age_rating": "R", "composer": "John Corigliano"},
    "the-robber-2010": {"composer": "Lorenz Dangel"},
    "the-sapphires-2012": {"age_rating": "PG-13"},
    "the-secret-of-kells-2009": {"composer": "Bruno Coulais"},
    "the-sword-in-the-stone-1963": {"age_rating": "G"},
    "the-tango-lesson-1997": {"age_rating": "PG"},
    "the-way-ahead-1944": {"composer": "William Alwyn"},
    "together-2002": {"age_rating": "PG", "composer": "Zhao Lin"},
    "valentin-2002": {"age_rating": "PG-13"},
    "vitus-2006": {"age_rating": "PG"},
    "viva-2015": {"age_rating": "R", "composer": "Stephen Rennicks"},
    "wadjda-2012": {"age_rating": "PG"},
    "welcome-mr-marshall-1953": {"composer": "Jesús García Leoz"},
    "white-god-2014": {"age_rating": "R"},
    "wolf-children-2012": {"composer": "Masakatsu Takagi"},
    "young-at-heart-2007": {"age_rating": "PG"},
    "yuli-2018": {"composer": "Alberto Iglesias"},
}
DELIBERATE |= {
    (identity, field): (value, "known; the facts have none")
    for identity, values in KNOWN.items()
    for field, value in values.items()
}
# Montages found since the facts were gathered, held to a second reader's knowledge: title, year, director, country.
FOUND: dict[str, tuple[str, int, tuple[str, ...], tuple[str, ...]]] = {
    "blue-giant-2023": ("Blue Giant", 2023, ("Yuzuru Tachikawa",), ("Japan",)),
    "drive-my-car-2021": ("Drive My Car", 2021, ("Ryusuke Hamaguchi",), ("Japan",)),
    "frieren-beyond-journeys-end-2023": ("Frieren: Beyond Journey's End", 2023, ("Keiichirō Saitō",), ("Japan",)),
    "i-am-what-i-am-2021": ("I Am What I Am", 2021, ("Sun Haipeng",), ("China",)),
    "jujutsu-kaisen-2020": ("Jujutsu Kaisen", 2020, ("Sunghoo Park",), ("Japan",)),
    "look-back-2024": ("Look Back", 2024, ("Kiyotaka Oshiyama",), ("Japan",)),
    "luca-2021": ("Luca", 2021, ("Enrico Casarosa",), ("United States",)),
    "olga-2021": ("Olga", 2021, ("Elie Grappe",), ("Switzerland", "France")),
    "polite-society-2023": ("Polite Society", 2023, ("Nida Manzoor",), ("United Kingdom",)),
    "rez-ball-2024": ("Rez Ball", 2024, ("Sydney Freeland",), ("United States",)),
    "rising-phoenix-2020": ("Rising Phoenix", 2020, ("Ian Bonhôte", "Peter Ettedgui"), ("United Kingdom",)),
    "the-kitchen-brigade-2022": ("The Kitchen Brigade", 2022, ("Louis-Julien Petit",), ("France",)),
    "the-novice-2021": ("The Novice", 2021, ("Lauren Hadaway",), ("United States",)),
    "the-phantom-of-the-open-2022": ("The Phantom of the Open", 2022, ("Craig Roberts",), ("United Kingdom",)),
    "unstoppable-2024": ("Unstoppable", 2024, ("William Goldenberg",), ("United States",)),
    "yolo-2024": ("YOLO", 2024, ("Jia Ling",), ("China",)),
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
    held = [montage for montage in catalogue.shipped if montage.id in facts()]
    assert {montage.id for montage in catalogue.shipped} - {montage.id for montage in held} == set(FOUND)
    assert [problem for montage in held for problem in differences(montage)] == []


def test_every_find_agrees_with_its_second_reader(catalogue: Catalogue) -> None:
    for identity, row in FOUND.items():
        montage = catalogue.get(0, identity)
        assert montage and (montage.film, montage.year, montage.director, montage.country) == row, identity


def test_what_differs_on_purpose_still_does() -> None:
    for (identity, field), (ours, why) in DELIBERATE.items():
        theirs = facts()[identity][SAME[field]]
        assert ours != (tuple(theirs) if isinstance(theirs, list) else theirs), f"{identity}: no longer: {why}"


def test_nothing_certain_is_missing(catalogue: Catalogue) -> None:
    certain = {row["id"] for row in facts().values() if row["tier"] == "main" and row["sure"] >= 0.85}
    assert certain - {montage.id for montage in catalogue.shipped} == set()
