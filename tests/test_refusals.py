"""What is passing and what is final, and what people read of it: one rule, for every code there is."""

import aiohttp
import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusals import _SENTENCES, explain, is_passing


class _Response:
    """As much of an HTTP answer as discord.py's exceptions read."""

    def __init__(self, status: int) -> None:
        self.status, self.reason = status, "because"


def refusal(status: int, code: int = 0) -> discord.HTTPException:
    """What discord.py raises for such an answer."""
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    kind = discord.DiscordServerError if status >= 500 else kind
    return kind(_Response(status), {"code": code, "message": "no"})  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_the_next_try_may_not_meet_is_passing(status: int) -> None:
    assert is_passing(refusal(status))


@pytest.mark.parametrize("problem", [aiohttp.ServerDisconnectedError(), ConnectionResetError(), TimeoutError()])
def test_no_connection_is_passing(problem: Exception) -> None:
    assert is_passing(problem)


@given(status=st.integers(400, 499).filter(lambda status: status != 429), code=st.integers(0, 300_000))
def test_every_other_refusal_is_final_and_has_words(status: int, code: int) -> None:
    problem = refusal(status, code)
    assert not is_passing(problem)
    sentence = explain(problem, "<#7>")
    assert sentence.endswith((".", "now.")) and "{" not in sentence
    if code and code not in _SENTENCES:
        assert sentence == f"Discord refused it (code {code})."


@pytest.mark.parametrize(
    "code",
    [
        *(10003, 10008, 10062, 30033, 30046, 40060, 50001, 50007, 50013, 50024, 50035, 50083, 50278),
        *(160002, 160004, 160005, 160006, 200000, 200001),
    ],
)
def test_the_codes_that_people_meet_have_sentences_of_their_own(code: int) -> None:
    sentence = explain(refusal(400, code), "<#7>")
    assert (f"code {code}" not in sentence and sentence[:1].isupper()) or sentence.startswith("<#7>")


def test_a_bare_403_and_404_say_what_they_mostly_mean() -> None:
    assert "Send Messages in <#7>" in explain(refusal(403), "<#7>")
    assert "<#7> is gone" in explain(refusal(404), "<#7>")
