"""What the bot knows of one montage."""

from dataclasses import dataclass
from typing import NamedTuple

# A montage that is suitable from this age on (years), or from an earlier one, is for families.
FAMILY_AGE = 6


class Song(NamedTuple):
    """What plays under it."""

    title: str
    performer: str | None = None


class Reading(NamedTuple):
    """Something worth reading about it."""

    title: str
    author: str | None = None
    where: str | None = None
    year: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Montage:
    """One montage. `id` is its file's name, or `s` and a number for one that a server accepted."""

    id: str
    film: str
    year: int
    scene: str
    discipline: str
    blurb: str
    family: str = ""
    kind: str = "training"
    medium: str = "film"
    original_title: str | None = None
    seen_as: tuple[str, ...] = ()  # other release titles
    known_as: tuple[str, ...] = ()  # what people call the scene
    position: str | None = None  # where in the film it comes
    director: tuple[str, ...] = ()
    tagline: str | None = None
    moods: tuple[str, ...] = ()
    bits: tuple[str, ...] = ()
    location: str | None = None
    country: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    content_notes: tuple[str, ...] | None = None  # None: nobody has looked
    suitable_from: int | None = None  # years; None: nobody could judge
    age_rating: str | None = None
    composer: str | None = None
    song: Song | None = None
    reading: tuple[Reading, ...] = ()
    imdb: str | None = None
    editors_rank: int | None = None  # its place in the editors' order; None: a server's own
    suggested_by: int | None = None  # the member whose suggestion it was, if they are named
    link: str | None = None  # https, given by the member who suggested it

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def decade(self) -> int:
        """1980 for 1985."""
        return self.year // 10 * 10

    @property
    def label(self) -> str:
        """`Rocky IV (1985): Farm in the snow against the laboratory`, for lists that show plain text."""
        return f"{self.film} ({self.year}): {self.scene}"

    @property
    def suggested(self) -> bool:
        """Whether a member suggested it."""
        return self.id[1:].isdigit()

    @property
    def family_friendly(self) -> bool:
        """Known to be fit for children: a careful parent would show it from six on. Not known counts as no."""
        return self.suitable_from is not None and self.suitable_from <= FAMILY_AGE
