"""What everybody's votes taught, in memory: learnt again whenever everybody's votes were counted again."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from bot.catalogue import Montage

if TYPE_CHECKING:
    from bot.recommending.model import Model
    from bot.voting.sums import Likes


class Taste:
    """The one owner of the model. It knows the shipped montages, in the editors' order."""

    def __init__(self, montages: Sequence[Montage]) -> None:
        self._montages = montages
        self._index = {montage.id: number for number, montage in enumerate(montages)}
        self._model: Model | None = None

    async def learn(self, likes: "Likes") -> None:
        """Fit the model to what everybody likes, off the event loop."""
        self._model = await asyncio.to_thread(self._fitted, likes)

    def _fitted(self, likes: "Likes") -> "Model":
        # numpy comes with these: only for those who ask.
        from bot.recommending.likeness import likeness  # noqa: PLC0415
        from bot.recommending.model import fit  # noqa: PLC0415

        return fit(likes, likeness(self._montages))

    def best(self, likes: Iterable[str], left: Collection[str]) -> list[Montage]:
        """Those of `left` (ids) that ship, best first for somebody with these likes (ids)."""
        if self._model is None:
            return []
        seen = [number for identity, number in self._index.items() if identity not in left]
        order = self._model.recommend(self._numbers(likes), seen, len(self._montages))
        return [self._montages[number] for number in order]

    def because(self, likes: Iterable[str], montage_id: str) -> Montage | None:
        """Which of the likes speaks most for it; None when none does."""
        if self._model is None or montage_id not in self._index:
            return None
        number = self._model.because(self._numbers(likes), self._index[montage_id])
        return None if number is None else self._montages[number]

    def _numbers(self, identities: Iterable[str]) -> list[int]:
        return [self._index[identity] for identity in identities if identity in self._index]
