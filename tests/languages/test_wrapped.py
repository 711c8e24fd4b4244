"""No words for people outside gettext: a literal that somebody reads is given to `_`, or to one of its siblings.

A literal counts as words for people where it is a text of several words that none of the places below explains.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

ROOT = Path(bot.__file__).parent
# All that is done. What is in no package of its own stands under its file's name; the rest speaks to operators.
DONE = sorted(
    [
        *(
            "client.py",
            "errors.py",
            "refusals.py",
            "preview/welcome.py",
            "preview/world.py",
        ),
        *(
            "duels",
            "films",
            "guilds",
            "help",
            "montages",
            "privacy",
            "recommending",
            "shelf",
            "stats",
            "ui",
            "voting",
            "suggestions",
            "publishing",
            "daily",
            "bracket",
            "delivery",
        ),
    ]
)
# Files in them that speak to operators, or hold what Discord never shows.
OPERATORS = {
    "daily/zone_names.py",
    "films/client.py",
    "privacy/operator.py",
    "privacy/privacy.py",
    "privacy/tables.py",
    "suggestions/bulk/columns.py",
    "suggestions/export.py",
    "suggestions/store.py",
    "suggestions/traces.py",
    "voting/everybody.py",
    "voting/shared_counts.py",
}
# Messages that somebody else says.
HANDED_ON = {"_IN_A_MENU", "BACK"}
SAYING = {"_", "N_", "NN_", "ngettext", "pgettext", "Said"}
# What a literal may be given to besides: Discord translates commands from the tree, logs and faults are English.
_GIVEN_TO = re.compile(
    r"log\.\w+|logged|(\w+\.)?(describe|rename|command|context_menu|Group|Choice|choices)|re\.\w+|_?choice_of"
    r"|(Value|Type|Runtime|Start|Lookup)Error|Routine|cast|files|Literal|\w+\.(read|write|run|run_many|partition|startswith|endswith|split|replace|removeprefix)"
)
_SQL = re.compile(r"\b(FROM|SELECT|INSERT|UPDATE|DELETE|WHERE|CREATE|JOIN|CASE|AND)\b")
_KEYWORDS = {"custom_id", "name", "template", "nonce", "problem", "what", "description"}
# Values that travel in code, in buttons or in the database, and names; what is said of them is said elsewhere.
VALUES = {"this server", "all time", "30 days", "7 days", "hbo max", "what I have not seen", "what I saved"}
VALUES |= {"montage top", "montage random", "montage for-me", "montage today", "daily start", "privacy policy"}
VALUES |= {"montage duel", "montage stats", "suggestions list", "moderate review"}
# Choices of options, which the commands' tree has; the README's table.
VALUES |= {
    "For all ages",
    "| Command | What it does | Who, where |",
}
# What the bot reads when people type it, in English.
VALUES |= {"every day; Mon, Wed, Fri; weekends; every 3 days", "every day", "every week", "every 2 weeks"}
VALUES |= {
    "week in montages",
    "most wanted",
    "Montage Club",
    "unexpected end of data",
    "daily post",
    "today's montage",
    "the week in montages",
}
# A text of several words: English, not a format of ids or Markdown alone.
_WORDS = re.compile(r"[A-Za-z']{2,}[,.;:!?”]* +[“(]?[A-Za-z']{2,}|^[A-Z][a-z]+[.!?]$")

# A word by itself, and where one is read by people: under these names, and by these.
_LONE = re.compile(r"(?<![\w{:`/])[A-Za-z]{2,}(?![\w}:`/])")
_READ = {"label", "placeholder", "hint", "footnote", "heading", "alt", "title"}
_SHOWING = {"TextDisplay", "Section", "Container", "Label", "UserError", "notice", "Offer", "bounded_name", "reply"}


def sources() -> list[Path]:
    found = [ROOT / name for name in DONE]
    files = [file for path in found for file in ([path] if path.suffix else sorted(path.rglob("*.py")))]
    return [file for file in files if file.relative_to(ROOT).as_posix() not in OPERATORS]


def unsaid(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of each literal with words in it that no function of gettext is given."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        text = _text_of(node)
        if text is None or text in VALUES or not (_WORDS.search(text) or _is_a_lone_word(node, text, parents)):
            continue
        if _SQL.search(text):
            continue
        if isinstance(parents.get(node), ast.Expr | ast.JoinedStr | ast.FormattedValue):
            continue
        if not _is_explained(node, parents):
            yield node.lineno, text  # type: ignore[attr-defined]


def _is_a_lone_word(node: ast.AST, text: str, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether it is a single word in a place that people read: a label, what stands in an empty box, a text."""
    above = parents.get(node)
    while isinstance(above, ast.IfExp | ast.JoinedStr | ast.BoolOp | ast.BinOp) and node is not _test_of(above):
        node, above = above, parents.get(above)
    return bool(_LONE.search(text)) and above is not None and _is_read(node, above)


def _test_of(node: ast.AST) -> ast.AST | None:
    return node.test if isinstance(node, ast.IfExp) else None


def _is_read(node: ast.AST, above: ast.AST) -> bool:
    match above:
        case ast.keyword():
            return above.arg in _READ
        case ast.Call():
            return ast.unparse(above.func).rpartition(".")[2] in _SHOWING and node in above.args
        case ast.arguments():
            named = [*above.posonlyargs, *above.args]
            defaults = [*zip(named[len(named) - len(above.defaults) :], above.defaults, strict=True)]
            pairs = [*defaults, *zip(above.kwonlyargs, above.kw_defaults, strict=True)]
            return any(value is node and argument.arg in _READ for argument, value in pairs)
        case ast.Assign():
            return any(ast.unparse(target).rpartition(".")[2] in _READ for target in above.targets)
    return False


def _text_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _is_explained(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether it is said through gettext, or for nobody to read: a key, a type, something compared."""
    at: ast.AST | None = node
    while at is not None and not isinstance(at, ast.stmt):
        above = parents.get(at)
        match above:
            case ast.Call() if at is not above.func:
                called = ast.unparse(above.func)
                if called in SAYING or _GIVEN_TO.fullmatch(called):
                    return True
            case ast.keyword() if above.arg in _KEYWORDS:
                return True
            case ast.Subscript() | ast.Compare():
                return True
            case ast.Dict() if at in above.keys:
                return True
            case ast.arguments():
                break
            case ast.arg() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.AnnAssign():
                return at is not getattr(above, "value", None)
        at = above
    return False


def calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            yield node


def mistakes(source: str) -> Iterator[tuple[int, str]]:
    """Calls of gettext that could not be translated, or would fail."""
    for call in calls(source):
        assert isinstance(call.func, ast.Name)
        name, first = call.func.id, call.args[0]
        if isinstance(first, ast.JoinedStr | ast.BinOp):
            yield call.lineno, "a message is one literal, with its values in {places}"
        messages = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name == "pgettext":
            messages = messages[1:]
        if name in ("N_", "NN_") or any(keyword.arg is None for keyword in call.keywords) or not messages:
            continue
        given = {keyword.arg for keyword in call.keywords} | ({"number"} if name == "ngettext" else set())
        placeholders = {name for message in messages for name in re.findall(r"(?<!\{)\{(\w*)[^{}]*\}", message)}
        if placeholders != given and not (name == "ngettext" and placeholders | {"number"} == given):
            yield call.lineno, f"{sorted(placeholders)} are in the message, {sorted(map(str, given))} are given"
        if any(message != message.strip(" ") for message in messages):
            yield call.lineno, "a message begins or ends with a space: it is glued to something"
    yield from _inside_other_texts(ast.parse(source))
    yield from _never_said(ast.parse(source))
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = list(ast.walk(function))
            binds = any(isinstance(n, ast.Name) and n.id == "_" and isinstance(n.ctx, ast.Store) for n in inside)
            says = any(
                isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "_" for n in inside
            )
            if binds and says:
                yield function.lineno, f"{function.name} calls `_` and binds it, too"


def _inside_other_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Python 3.11 has one token for the whole of an f-string: what is said in it is not extracted."""
    for text in ast.walk(tree):
        if isinstance(text, ast.JoinedStr):
            for node in ast.walk(text):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYING:
                    yield node.lineno, f"{ast.unparse(node)} stands inside an f-string, where nobody finds it"


def _never_said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Constants that hold a message, used as if they were what is said."""
    later = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "N_"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    given = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYING
        for argument in ast.walk(node)
    }
    for node in ast.walk(tree):
        read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in given
        if not read or node.id not in later - HANDED_ON:  # type: ignore[attr-defined]
            continue
        if not isinstance(_parent(tree, node), ast.Dict | ast.Return):
            yield node.lineno, f"{ast.unparse(node)} is a message, and nothing says it"  # type: ignore[attr-defined]


def _parent(tree: ast.Module, child: ast.AST) -> ast.AST | None:
    return next((node for node in ast.walk(tree) if child in ast.iter_child_nodes(node)), None)


@pytest.mark.parametrize("file", sources(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_whatever_people_read_can_be_translated(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert list(unsaid(source)) == []


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_no_file_is_left_out_that_need_not_be(name: str) -> None:
    assert list(unsaid((ROOT / name).read_text(encoding="utf-8"))), "take it out of OPERATORS"


@pytest.mark.thorough
def test_every_message_is_whole_and_given_its_values() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {what}"
        for file in sorted(ROOT.rglob("*.py"))
        for line, what in mistakes(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'raise UserError("Not here, please.")',
        'x = f"There are {n} of them"',
        'notice("Well done there", accent=GREEN)',
        'Button(label="One more")',
        'PAGES = {"a": "What there is"}',
        'Button(label="Pause")',
        'def f(self, typed: str, label: str = "Pause") -> None: ...',
        'def f(*, label: str = "Pause") -> None: ...',
        'button.label = "Pause"',
        'TextDisplay("Gone")',
        'Button(label="Stop" if now else "Go")',
        'Button(label=f"Round {number}")',
    ],
)
def test_the_search_finds_words_outside(source: str) -> None:
    assert list(unsaid(source))


@pytest.mark.parametrize(
    "source",
    [
        'raise UserError(_("Not here, please."))',
        'log.info("nobody is here")',
        '"""A docstring of several words."""',
        'def f(a: Literal["this server", "all time"]) -> None: ...',
        'rows("SELECT a FROM b WHERE c")',
        'describe(a="What it is")',
        'Button(label="…", custom_id="daily:pause", emoji="🎲")',
        'Button(label=_("Pause"))',
        'TextDisplay(f"<t:{now}:R> {title}")',
        'x = a["the key here"] == "the value there"',
    ],
)
def test_the_search_leaves_the_rest_alone(source: str) -> None:
    assert not list(unsaid(source))


@pytest.mark.parametrize(
    "source",
    [
        '_(f"There are {n}")',
        '_("{a} there", b=1)',
        '_(" and more")',
        'ngettext("{number} a", "{number} b {c}", 1)',
        '_("a" + b)',
        """f"{_('Nobody there')}!\"""",
        """f"{escape(ngettext('a', 'b', 1))}\"""",
    ],
)
def test_the_search_finds_messages_that_can_t_be(source: str) -> None:
    assert list(mistakes(source))


def choices_of_messages(source: str) -> Iterator[str]:
    """What a function of gettext is given that only chooses a message: the extraction would join its texts."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING and node.args:
            for given in node.args[: 2 if node.func.id in ("ngettext", "NN_", "pgettext") else 1]:
                if not isinstance(given, ast.Constant) and any(map(_text_of, ast.walk(given))):
                    yield ast.unparse(given)


def test_what_is_said_is_one_message_that_can_be_found() -> None:
    found = {file: [*choices_of_messages(file.read_text(encoding="utf-8"))] for file in ROOT.rglob("*.py")}
    assert not {name: chosen for name, chosen in found.items() if chosen}
    assert [*choices_of_messages('_("a" if b else "c"); Said(KEPT["late"]); _("a" "b"); _(A if b else C)')] == [
        "'a' if b else 'c'",
        "KEPT['late']",
    ]
    assert [
        *choices_of_messages('_(A if b.c == "d" else E); ngettext("a", "b" if c else "d", 2); ngettext(*a)')
    ] == [
        "A if b.c == 'd' else E",
        "'b' if c else 'd'",
    ]
