"""What the make-believe members have suggested, in every state there is, and what is written in the channel."""

from dataclasses import dataclass
from typing import Literal

from bot.suggestions import Entry

End = Literal["waiting", "open", "voted in", "accepted", "declined", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One suggestion and its fate. `age` and `ended` are days ago; members are called by name."""

    by: str
    entry: Entry
    age: float
    end: End = "open"
    ended: float = 0.0
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    why: str = ""  # what the moderators said
    reports: tuple[tuple[str, str], ...] = ()  # (who, what they said)


# The first that were made come first.
STORIES = (
    Story(
        by="Old Tom",
        entry=Entry(
            "Teen Wolf",
            1985,
            "Basketball, now with fur",
            "The worst team in the league finds out what its captain does at full moon. Suddenly there are dunks.",
            "basketball",
        ),
        age=71,
        end="accepted",
        ended=70,
        up=("Coach Pete", "Kofi", "Olu"),
        down=("Kasia",),
    ),
    Story(
        by="Jonas",
        entry=Entry(
            "Our office kitchen",
            2024,
            "Kevin carries four coffees at once",
            "He started with two. I was there. There was music, because Kevin was humming.",
            "waiting tables",
        ),
        age=52,
        end="declined",
        ended=51,
        up=("Quill",),
        down=("Big Dave", "Mei"),
        why="Kevin is a legend, but this is not a film. Yet.",
    ),
    Story(
        by="Nell",
        entry=Entry(
            "The Parent Trap",
            1998,
            "Learning to be your own sister",
            "Two girls, one summer camp, and everything about the other's life learnt by heart: the handshake, the "
            "accent, the haircut. Then they swap.",
            "disguise",
        ),
        age=33,
        end="voted in",
        ended=27,
        up=("Lucía", "Farah", "Grandma Jo", "Tess", "Priya", "Elodie"),
        down=("Marek",),
    ),
    Story(
        by="Gus",
        entry=Entry(
            "Limitless",
            2011,
            "Four days, one novel",
            "He tidies the flat first. Everybody who has ever had a deadline knows that this is the true part.",
            "writing",
        ),
        age=18.4,
        end="withdrawn",
        ended=17.8,
        down=("Chidi",),
    ),
    Story(
        by="Tariq",
        entry=Entry(
            "Jaws",
            1975,
            "Swimming very fast indeed",
            "I have never seen anybody so motivated to reach the beach. Great score, too.",
            "swimming",
        ),
        age=11.7,
        end="declined",
        ended=10.9,
        up=("Gus",),
        down=("Noor", "Lotte", "Henrik"),
        why="Nobody trains here except the shark. We laughed, though.",
    ),
    Story(
        by="Elodie",
        entry=Entry(
            "Hitch",
            2005,
            "This is where you live",
            "One lesson, one small step to the left, one small step to the right. Albert has other ideas, and all "
            "of them involve making pizza.",
            "dance",
        ),
        age=8.6,
        up=("Zeynep", "Farah"),
        down=("Marek", "Henrik"),
    ),
    Story(
        by="Ana",
        entry=Entry(
            "Save the Last Dance",
            2001,
            "A ballerina learns to loosen up",
            "Derek starts with how to stand. It turns out that she has been standing wrong for seventeen years.",
            "hip-hop",
        ),
        age=5.4,
        up=("Zeynep", "Amara", "Mia (moderator)"),
    ),
    Story(
        by="Coach Pete",
        entry=Entry(
            "Rocky 4",
            1985,
            "Chopping wood in the snow",
            "He carries a log. I carry the shopping. We are the same.",
            "boxing",
        ),
        age=3.8,
        up=("Samir",),
        down=("Big Dave", "Mei", "Rin"),
        reports=(
            ("Big Dave", "We have this one. It is number one on the wall."),
            ("Kasia", "Pete suggests this every autumn."),
        ),
    ),
    Story(
        by="Priya",
        entry=Entry(
            "Legally Blonde",
            2001,
            "Studying while the whole house parties",
            "Elle needs a score that nobody thinks she can get, so the parties go on without her and the practice "
            "tests pile up. What, like it's hard?",
            "study",
        ),
        age=2.2,
        up=("Lucía", "Chidi", "Farah", "Kasia"),
    ),
    Story(
        by="Freya",
        entry=Entry(
            "Shaun of the Dead",
            2004,
            "Every plan ends at the Winchester",
            "Take the car, fetch Mum, and wait for all of this to blow over. He goes through it three times, and "
            "the cast gets smaller.",
            "planning",
        ),
        age=0.9,
        up=("Gus", "Tess"),
        down=("Dalia",),
    ),
    Story(
        by="Ben",
        entry=Entry(
            "Southpaw",
            2015,
            "Starting again in a small gym",
            "Everything is gone, and Tick Wills hands him a mop before he lets him near a bag.",
            "boxing",
        ),
        age=0.3,
        end="waiting",
    ),
)
# (days ago, who, what they say)
CHATTER = (
    (2.1, "Chidi", "the studying one needs ONE more vote. I am just saying."),
    (0.25, "Grandma Jo", "I've done the duel eleven times this morning. Nobody stop me."),
)

# Who may not suggest any more, and why.
BLOCKED = ("Quill", "put his own gym to the vote, five times in one evening")
