"""Posters for the preview, drawn here: nothing of anybody's, and nothing from the network."""

from io import BytesIO
from pathlib import Path
from random import Random
from textwrap import wrap

import matplotlib as mpl
from PIL import Image, ImageDraw, ImageFont

from bot.ui.theme import colour_of

# Twice the size at which a card asks for them.
_WIDTH, _HEIGHT = 370, 556
_DARK = (24, 22, 28)
_PAPER = (248, 240, 222)


def draw_poster(title: str, year: int, family: str) -> bytes:
    """A PNG: the colour of the family, a sun, some steps, and the title in the middle, where thumbnails are cut."""
    random = Random(f"{title} {year}")  # noqa: S311 - the same picture each time
    base = colour_of(family).to_rgb()
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), base)
    draw = ImageDraw.Draw(picture)
    for y in range(_HEIGHT):
        draw.line(((0, y), (_WIDTH, y)), fill=_between(_between(base, _PAPER, 0.35), _DARK, y / _HEIGHT * 0.8))
    radius, x = random.randint(60, 95), random.randint(100, 270)
    draw.ellipse((x - radius, 75, x + radius, 75 + 2 * radius), fill=_between(base, _PAPER, 0.8))
    steps, side = random.randint(5, 8), random.choice((1, -1))
    for step in range(steps):
        top = _HEIGHT - 60 - (step + 1) * 130 // steps
        left = step * _WIDTH // (steps + 1)
        box = (left, _WIDTH) if side > 0 else (0, _WIDTH - left)
        draw.rectangle((box[0], top, box[1], _HEIGHT), fill=_between(_DARK, base, step / steps / 3))
    _write(draw, title, year)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def _write(draw: ImageDraw.ImageDraw, title: str, year: int) -> None:
    lines = [*wrap(title.upper(), 10, break_long_words=False)[:4], str(year)]
    size = min(62, *(int(_WIDTH * 1.25 / max(len(line), 5)) for line in lines))
    path = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf")
    font = ImageFont.truetype(str(path), size)
    top = (_HEIGHT - 60 - len(lines) * size * 1.15) / 2
    for number, line in enumerate(lines):
        where = (_WIDTH / 2, top + number * size * 1.15)
        draw.text(where, line, font=font, fill=_PAPER, anchor="ma", stroke_width=3, stroke_fill=_DARK)


def _between(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    """A colour that has `share` of the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
