"""The command line: run, preview, backup, restore, doctor, move, check, new, schema, translate, export; and for
people's requests export-user, erase-user, erase-server.
"""

import argparse
import asyncio
import errno
import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from bot.errors import ACT, StartError
from bot.settings import Address, Settings, SettingsError, database_address, file_path, read_settings

Command = Callable[[argparse.Namespace, Settings], int]
# Where a preview keeps its club, and a blank one.
_PREVIEW, _BLANK_PREVIEW = Path("data/preview.db"), Path("data/preview-empty.db")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 something to mend, 2 cannot start)."""
    # Before anything imports numpy: the threads of its matrices would crowd out the answers being given.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if (closed := _closed_stream()) is not None:
        return closed
    try:
        try:
            return _obey(arguments)
        finally:
            sys.stdout.flush()  # what is not written yet fails here, where it can be answered
    except BrokenPipeError:  # `| head` has read enough
        _leave_unwritten()
        return 0
    except OSError as problem:
        if problem.errno != errno.ENOSPC or problem.filename is not None:
            raise
        _leave_unwritten()
        print(f"What was to be printed could not be written: {problem.strerror}.", file=sys.stderr)
        return ACT


def _leave_unwritten() -> None:
    """Python flushes standard output once more at its end, and would complain there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _closed_stream() -> int | None:
    """The exit status where standard output is closed (`>&-`), else None. In place of what is closed comes nothing.

    Otherwise the next file to be opened would get its number, and what is printed would go into the database.
    """
    printable = sys.stdout is not None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    if printable:
        return None
    print(
        "Standard output is closed: there is nowhere to print to. Send it to /dev/null or a file.", file=sys.stderr
    )
    return ACT


def _obey(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if "command" not in chosen:
        parser.print_help()
        return 2
    try:
        command: Command = chosen.command
        return command(chosen, chosen.settings())
    except SettingsError as problem:
        print(problem, file=sys.stderr)
        return 2
    except StartError as problem:
        print(problem, file=sys.stderr)
        return problem.status
    except KeyboardInterrupt:
        return 130


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="montage-bot", description="A Discord bot for lovers of training montages."
    )
    parser.set_defaults(settings=read_settings)
    commands = parser.add_subparsers(title="commands", metavar="command")
    _add_run(commands)
    _add_preview(commands)
    _add_for_the_database(commands)
    _add_for_authors(commands)
    _add_requests(commands)
    return parser


def _add_run(commands: _Commands) -> None:
    run = commands.add_parser("run", help="serve on Discord (needs DISCORD_TOKEN)")
    run.add_argument(
        "--hold",
        action="store_true",
        help="where somebody has to do something first, say so and wait instead of ending: "
        "for containers, which are restarted whatever the status",
    )
    run.set_defaults(command=_run)


def _add_preview(commands: _Commands) -> None:
    preview = commands.add_parser("preview", help="try the real bot in a browser on this machine, with no account")
    preview.add_argument(
        "--port", type=int, default=8017, help="the page's port (default 8017; 0 takes a free one)"
    )
    preview.add_argument(
        "--fresh", action="store_true", help="forget the votes and suggestions of earlier previews"
    )
    preview.add_argument(
        "--pictures",
        action="store_true",
        help="with posters, trailers and where to watch, all of them made up: what a TMDB_TOKEN brings",
    )
    preview.add_argument(
        "--locale", metavar="CODE", default="en-US", help="the language of everybody there: de, pt-BR, ja …"
    )
    preview.add_argument("--empty", action="store_true", help="a blank club, instead of one that lives")
    preview.add_argument("--open", action="store_true", help="open the page in the browser")
    preview.add_argument(
        "--database",
        type=_file,
        help=f"the preview's own file (default {_PREVIEW}, or {_BLANK_PREVIEW} with --empty)",
    )
    preview.set_defaults(command=_preview)


def _add_for_the_database(commands: _Commands) -> None:
    backup = commands.add_parser("backup", help="copy the database to a file, checked, also while the bot runs")
    backup.add_argument("file", type=Path, help="the file to make; it must not be there yet")
    backup.add_argument("--number", type=int, help=argparse.SUPPRESS)  # that of one made by the clock
    backup.set_defaults(command=_backup)

    restore = commands.add_parser(
        "restore", help="put a backup in the place of the database; the bot must be stopped"
    )
    restore.add_argument("file", type=Path, help="the backup; it stays where it is")
    restore.set_defaults(command=_restore)

    doctor = commands.add_parser("doctor", help="look whether all is well, and say what to do where it is not")
    doctor.add_argument("--json", action="store_true", help="for programs")
    doctor.add_argument(
        "--mend",
        action="store_true",
        help="put right what does not add up in the database, after a copy of it; the bot must be stopped",
    )
    # The doctor reads the settings itself: what is wrong with them is one of its findings.
    doctor.set_defaults(command=_doctor, settings=Settings)

    move = commands.add_parser(
        "move", help="move everything from a SQLite file to PostgreSQL or back, checked; the bot must be stopped"
    )
    move.add_argument("source", type=_database_address, metavar="FROM", help="a file, or postgresql://…")
    move.add_argument("target", type=_database_address, metavar="TO", help="the other; nothing may be there yet")
    move.set_defaults(command=_move)


def _add_for_authors(commands: _Commands) -> None:
    """The commands for whoever writes montages or translates."""
    check = commands.add_parser("check", help="check every montage of the catalogue and count what there is")
    check.add_argument("folder", type=Path, nargs="?", help="another folder of montages")
    check.set_defaults(command=_check)

    new = commands.add_parser("new", help="begin a montage's file: a skeleton with every field explained")
    new.add_argument("film", help="its title")
    new.add_argument("year", type=int, help="the year it was first shown")
    new.add_argument("--folder", type=Path, help="another folder of montages")
    new.set_defaults(command=_new)

    schema = commands.add_parser("schema", help="print the JSON Schema of a montage's file, for editors")
    schema.set_defaults(command=_schema)

    translate = commands.add_parser(
        "translate", help="bring the files of every language up to what the bot says now; for translators"
    )
    translate.add_argument("--check", action="store_true", help="change nothing, and say what is missing or broken")
    translate.add_argument("--new", metavar="LANGUAGE", help="begin a language, like pt_BR")
    translate.add_argument("--montages", action="store_true", help="with --new: what is told of the montages")
    translate.set_defaults(command=_translate)

    export = commands.add_parser("export", help="write a server's accepted suggestions as files of the catalogue")
    export.add_argument("server", type=_identity, help="the server's id")
    export.add_argument("folder", type=Path, help="where the files go; what is there already is left alone")
    export.set_defaults(command=_export)


def _add_requests(commands: _Commands) -> None:
    """The commands for requests of people that reach the operator."""
    export_user = commands.add_parser("export-user", help="write what is kept about a person to a file")
    export_user.add_argument("id", type=_identity, help="the number that Discord's 'Copy User ID' gives")
    export_user.add_argument("file", type=Path, help="the file to make; it must not be there yet")
    export_user.set_defaults(command=_export_user)

    erase_user = commands.add_parser(
        "erase-user", help="delete what is kept about a person, also while the bot runs"
    )
    erase_user.add_argument("id", type=_identity, help="the number that Discord's 'Copy User ID' gives")
    erase_user.add_argument(
        "--suggestions-too",
        action="store_true",
        help="their suggestions go as well, with all votes on them; otherwise they stay without an author",
    )
    erase_user.set_defaults(command=_erase_user)

    erase_server = commands.add_parser(
        "erase-server", help="delete everything of a server, also while the bot runs"
    )
    erase_server.add_argument("id", type=_identity, help="the number that Discord's 'Copy Server ID' gives")
    erase_server.set_defaults(command=_erase_server)


def _file(text: str) -> Path:
    try:
        return file_path(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text!r} cannot be used: {problem}") from None


def _database_address(text: str) -> Address:
    try:
        return database_address(text)
    except ValueError as problem:  # the text may hold a password, and is not repeated
        raise argparse.ArgumentTypeError(f"that cannot be used: {problem}") from None


def _identity(text: str) -> int:
    from bot.ui.text import number_in

    number = number_in(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no id of Discord's, which are numbers of 17 to 19 digits")
    return number


# Each command imports what it needs when it runs: `check` should not wait for Discord's library.


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    gc.disable()  # until all is loaded: looking for garbage took a seventh of the start
    import structlog

    from bot.logs import set_up_logs
    from bot.run import run, wait_for_the_end

    set_up_logs(settings)
    try:
        asyncio.run(run(settings))
    except StartError as problem:
        if chosen.hold and problem.status == ACT:
            print(problem, file=sys.stderr, flush=True)
            wait_for_the_end()
        raise
    except Exception:  # the log is where tokens are kept out of tracebacks
        structlog.get_logger(__name__).critical("ended by an error", exc_info=True)
        return 1
    return 0


def _preview(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.logs import set_up_logs

    try:
        from bot.preview import preview
    except ModuleNotFoundError as missing:
        raise StartError(
            f"The preview needs a little more than the bot itself ({missing.name} is missing): "
            "pip install 'montage-bot[preview]', or in a checkout pip install -e '.[preview]'"
        ) from None
    set_up_logs(replace(settings, log_level="warning"))  # the page's address should stand alone on the terminal
    asyncio.run(
        preview(
            chosen.database or (_BLANK_PREVIEW if chosen.empty else _PREVIEW),
            port=chosen.port,
            fresh=chosen.fresh,
            empty=chosen.empty,
            open_browser=chosen.open,
            served=settings.database,
            pictures=chosen.pictures,
            locale=chosen.locale,
        )
    )
    return 0


def _check(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.catalogue.checking import check_catalogue

    return check_catalogue(chosen.folder)


def _backup(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.backups import back_up
    from bot.database import file_of

    print(back_up(file_of(settings.database, "Backups are made of"), chosen.file, chosen.number))
    return 0


def _restore(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.backups import restore
    from bot.database import file_of
    from bot.settings import backup_folder

    database = file_of(settings.database, "A backup takes the place of")
    print(restore(chosen.file, database, backup_folder(settings)))
    return 0


def _doctor(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.database import file_of
    from bot.doctor import doctor, mend_database

    if chosen.mend:
        print(mend_database(file_of(read_settings().database, "What can be mended is")))
    return doctor(as_json=chosen.json)


def _move(chosen: argparse.Namespace, settings: Settings) -> int:
    try:
        from bot.database.moving import move
    except ModuleNotFoundError as missing:
        raise StartError(
            f"Moving needs a little more than the bot itself ({missing.name} is missing): "
            "pip install 'montage-bot[postgresql]', or in a checkout pip install -e '.[postgresql]'"
        ) from None

    print(move(chosen.source, chosen.target))
    return 0


def _new(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.catalogue.skeleton import new

    return new(chosen.film, chosen.year, chosen.folder)


def _schema(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.catalogue.skeleton import schema

    return schema()


def _translate(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.languages.catalogues import MESSAGES, MONTAGES
    from bot.translating import begin, check_translations, update_translations

    if chosen.check:
        return check_translations()
    print(begin(chosen.new, MONTAGES if chosen.montages else MESSAGES) if chosen.new else update_translations())
    return 0


def _export(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.suggestions.export import export

    print(export(settings.database, chosen.server, chosen.folder))
    return 0


def _export_user(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.privacy.operator import export_user

    print(export_user(settings.database, chosen.id, chosen.file))
    return 0


def _erase_user(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.privacy.operator import erase_user
    from bot.settings import backup_folder

    backups = backup_folder(settings)
    print(erase_user(settings.database, chosen.id, suggestions_too=chosen.suggestions_too, backups=backups))
    return 0


def _erase_server(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.privacy.operator import erase_server
    from bot.settings import backup_folder

    print(erase_server(settings.database, chosen.id, backups=backup_folder(settings)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
