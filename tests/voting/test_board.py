"""A ranking's name in a button."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import Filters
from bot.catalogue.definition import AGES, KINDS, MEDIA, MOODS
from bot.errors import UserError
from bot.voting.board import Board, Scope, Window, spans

filters = st.builds(
    Filters,
    discipline=st.none() | st.sampled_from(["boxing", "wheels and saddles", "swordplay and stage combat!!!"]),
    decade=st.none() | st.sampled_from(range(1910, 2030, 10)),
    kind=st.none() | st.sampled_from(KINDS),
    mood=st.none() | st.sampled_from(MOODS),
    country=st.none() | st.sampled_from(["United States", "United Arab Emirates"]),
    language=st.none() | st.sampled_from(["English", "silent, Spanish intertitles"]),
    medium=st.none() | st.sampled_from(MEDIA),
    suitable_from=st.none() | st.sampled_from(AGES),
    family_friendly=st.booleans(),
)
boards = st.builds(
    Board, scope=st.sampled_from(get_args(Scope)), window=st.sampled_from(get_args(Window)), filters=filters
)


@given(boards)
def test_a_board_comes_back_from_a_button_that_fits(board: Board) -> None:
    assert Board.decode(board.encode()) == board
    assert len(f"p:top-montages:n9999:{board.encode()}") <= 100


@given(st.text(max_size=60))
def test_a_text_that_no_board_wrote_is_refused(text: str) -> None:
    try:
        board = Board.decode(text)
    except UserError:
        return
    assert Board.decode(board.encode()) == board


def test_buttons_of_before_still_mean_what_they_meant() -> None:
    assert Board.decode("00") == Board()
    assert Board.decode("219---y|karate") == Board(
        scope="editors", window="30 days", filters=Filters(discipline="karate", decade=1980, family_friendly=True)
    )
    assert Board.decode("12") == Board(scope="everywhere", window="7 days")


def test_seven_days_are_today_and_the_six_before_it() -> None:
    assert spans(100, 7) == ((94, 100), (87, 93))
    assert spans(100, 30) == ((71, 100), (71, 93))
    assert spans(100, 101) == ((0, 100), (0, 93))
