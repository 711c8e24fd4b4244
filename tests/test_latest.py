"""What was used lately is kept, and no more."""

from hypothesis import given
from hypothesis import strategies as st

from bot.latest import Latest

uses = st.lists(st.tuples(st.sampled_from(["get", "put", "get_or_put", "drop"]), st.integers(0, 6)))


@given(st.integers(1, 4), uses)
def test_the_last_ones_used_are_kept_with_their_values(most: int, uses: list[tuple[str, int]]) -> None:
    latest: Latest[int, str] = Latest(most)
    model: list[tuple[int, str]] = []  # the longest unused first
    for number, (use, key) in enumerate(uses):
        known, value = dict(model).get(key), f"value {number}"
        if use == "drop":
            latest.drop(key)
            used = None
        elif use == "get":
            used = latest.get(key)
            assert used == known
        elif use == "put":
            used = latest.put(key, value)
            assert used == value
        else:
            used = latest.get_or_put(key, value)
            assert used == (known or value)
        model = [(k, v) for k, v in model if k != key]
        model = [*model, *([(key, used)] if used is not None else [])][-most:]
        assert len(latest) == len(model) and all(k in latest for k, _ in model)
    latest.clear()
    assert len(latest) == 0
