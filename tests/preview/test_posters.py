"""The preview's own posters."""

from io import BytesIO

from PIL import Image

from bot.catalogue import Catalogue
from bot.preview.posters import draw_poster


def test_a_poster_is_the_same_each_time_and_whatever_the_title(catalogue: Catalogue) -> None:
    longest = max(catalogue.shipped, key=lambda montage: len(montage.film))
    unspaced = max(catalogue.shipped, key=lambda montage: max(map(len, montage.film.split())))
    for montage in (longest, unspaced):
        drawn = draw_poster(montage.film, montage.year, montage.family)
        assert drawn == draw_poster(montage.film, montage.year, montage.family)
        with Image.open(BytesIO(drawn)) as picture:
            assert picture.format == "PNG" and 0.6 < picture.width / picture.height < 0.7
