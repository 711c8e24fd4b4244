"""The protocol itself, and the model held to it on generated ratings."""

from pathlib import Path

import numpy as np

from tests.bench.evaluate import evaluate, generated, leave_one_out, most_rated, read_ratings


def test_the_latest_like_is_hidden_and_nothing_else() -> None:
    ratings = generated(50, 40, 12, seed=2)
    train, hidden = leave_one_out(ratings)
    assert len(train.user) == len(ratings.user) - len(hidden)
    for user, item in hidden.items():
        theirs = ratings.where((ratings.user == user) & (ratings.value > 0))
        assert len(theirs.user) > 1
        assert theirs.item[np.argmax(theirs.time)] == item
        assert item not in train.item[train.user == user]


def test_on_generated_ratings_the_model_knows_more_than_the_top_list() -> None:
    random, top, most_liked, model = evaluate(generated(600, 80, 25, seed=3))
    assert [r.method for r in (random, top, most_liked, model)] == ["random", "top list", "most liked", "Model"]
    assert top.ndcg > random.ndcg
    assert model.ndcg > 1.2 * max(top.ndcg, most_liked.ndcg)


def test_any_file_of_ratings_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text("user,item,rating,time,more\nann,x,5,100,-\nann,y,3.5,101,-\nbob,x,4.0,99,-\nbob,z,1,98,-\n")
    ratings = read_ratings(file, like=4)
    assert ratings.user.tolist() == [0, 0, 1, 1]
    assert ratings.item.tolist() == [0, 1, 0, 2]
    assert ratings.value.tolist() == [1, -1, 1, -1]
    assert most_rated(ratings, 1).item.tolist() == [0, 0]
