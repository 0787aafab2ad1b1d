"""The command `case-review`. Results go to standard output, messages to standard error.

Exit status: 0 done, 1 the input was refused or something was found with `--fail-on`, 2 wrong use.
"""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from review.bench.app import app as bench
from review.checks.check import Severity
from review.errors import MissingFile, ReviewError


class Form(StrEnum):
    """File formats of an export."""

    DOCX = "docx"
    XLSX = "xlsx"


class Commands(TyperGroup):
    """The commands; what a user can meet becomes a message with its remedy and status 1."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Speak UTF-8 whatever the terminal, from the help text on."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        return super().main(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a ReviewError becomes its text."""
        try:
            return super().invoke(ctx)
        except ReviewError as error:
            _say(f"{error.code} {error.text(_language())}")
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="执法案卷评查工作台 · Case-file review workbench",
)
user = typer.Typer(no_args_is_help=True, help="账号 · Accounts")
export = typer.Typer(no_args_is_help=True, help="导出 · Exports")
app.add_typer(user, name="user")
app.add_typer(export, name="export")
app.add_typer(bench, name="bench")


def _language() -> str:
    return "en" if os.environ.get("CASE_REVIEW_LANG", "zh").startswith("en") else "zh"


def _say(text: str) -> None:
    """A message for the person at the terminal."""
    typer.echo(text, err=True)


def _put(text: str) -> None:
    """A result; written out at once, in UTF-8 whatever the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _object(found: dict[str, Any], *, indent: int | None = None) -> str:
    return json.dumps(found, ensure_ascii=False, indent=indent, default=str)


@app.callback()
def _start(
    lang: Annotated[str, typer.Option(help="zh 或 en · language of messages")] = "",
) -> None:
    if lang:
        os.environ["CASE_REVIEW_LANG"] = lang


PathArgument = Annotated[Path, typer.Argument(help="PDF, DOCX, 图片, ZIP 或文件夹 · or a folder")]


@app.command()
def read(
    path: PathArgument,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
) -> None:
    """读取案卷：文件、文书、要素；不做检查，不需要数据库。Read a case file; no checks."""
    from review.services.case_files import checking

    found = checking.read_safely(path)
    _put(_object(found) if as_json else _summary(found))
    if checking.is_refused(found):
        _tell_refusals(found)
        raise typer.Exit(1)


@app.command()
def check(
    path: PathArgument,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="PATH 是文件夹，每个案卷一行 · one object a case")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="并行数 · case files at once")] = 1,
    fail_on: Annotated[
        Severity | None, typer.Option(help="达到此严重程度即返回 1 · status 1 from here on")
    ] = None,
) -> None:
    """读取并机检案卷；不需要数据库和配置。Read and check case files; needs no database.

    With --jsonl every sub-folder, archive or file in PATH is one case file.
    """
    from review.services.case_files import checking

    if jsonl:
        objects = checking.check_all(checking.case_files(path), jobs=jobs)
    else:
        objects = iter([checking.check_safely(path)])
    found_something, refused, cases = False, 0, 0
    for found in objects:
        cases += 1
        _put(_object(found) if as_json or jsonl else _summary(found))
        if checking.is_refused(found):
            refused += 1
            _tell_refusals(found)
        found_something |= fail_on is not None and checking.fails_at(found, fail_on)
    if found_something or (cases and refused == cases):
        raise typer.Exit(1)


def _tell_refusals(found: dict[str, Any]) -> None:
    for each in found["files"]:
        if each["reason"]:
            reason = each["reason"]
            _say(f"{found['path']}: {reason['code']} {reason[_language()]}")


def _summary(found: dict[str, Any]) -> str:
    """A case file for reading on a terminal."""
    language = _language()
    lines = [f"{found['path']}  {found['case_no'] or '-'}  {found['procedure'] or '-'}"]
    for each in found["files"]:
        reason = f"  {each['reason'][language]}" if each["reason"] else ""
        lines.append(f"  [{each['status']}] {each['source']} ({each['pages'] or '-'}){reason}")
    for each in found["documents"]:
        pages = "-".join(str(page) for page in each["pages"] or ())
        lines.append(f"  {each['kind']}  {each['source']} {pages}")
    lines.extend(
        f"  {each['name']} = {each['value']}" for each in found["facts"] if "document" not in each
    )
    for each in found.get("checks", ()):
        defects = " ".join(each["defects"])
        message = each["message"][language]
        severity = each["severity"] or "-"
        lines.append(f"  {each['id']} {each['outcome']} {severity} {defects} {message}")
    return "\n".join(lines)


@app.command("import")
def import_files(
    paths: Annotated[list[Path], typer.Argument(help="案卷文件或文件夹 · files or folders")],
    case_no: Annotated[
        str, typer.Option(help="案号；不填则按识别到的案号 · default: as read")
    ] = "",
) -> None:
    """把案卷导入数据库；可重复执行，不会重复。Load case files into the database, durably."""
    from review.db.accounts import Role
    from review.services.access import console
    from review.services.reading import importing

    def tell(job: importing.JobView) -> None:
        pages = f" {job.pages_done}/{job.pages_total}" if job.pages_total else ""
        reason = job.reason.zh if _language() == "zh" else job.reason.en
        _say(f"{job.name}: {job.state} {job.stage}{pages} {job.reason_code} {reason}".rstrip())

    try:
        jobs = importing.import_now(
            _database(), console(Role.REGULATIONS), paths, case_no=case_no or None, tell=tell
        )
    finally:
        importing.stop_jobs()
    for job in jobs:
        _put(_object({"name": job.name, "case_no": job.case_no, "state": str(job.state)}))
    if any(job.state != "done" for job in jobs):
        raise typer.Exit(1)


def _database() -> Any:
    """The engine of the installation's database, brought up to date."""
    from review.db.session import engine_for
    from review.services.migrate import migrate as upgrade
    from review.settings import settings

    upgrade(settings().url)
    return engine_for(settings().url)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="地址 · address")] = "",
    port: Annotated[int, typer.Option(help="端口 · port")] = 0,
) -> None:
    """启动工作台。Start the workbench."""
    from review.web.server import serve as run

    run(host=host, port=port)


@app.command()
def migrate(
    draft: Annotated[
        str, typer.Option(help="开发用：按数据表的变化写出新的迁移 · write a new migration")
    ] = "",
) -> None:
    """把数据库升级到本版本。Bring the database up to date."""
    from review.db.session import engine_for
    from review.migrations.schema import new_revision
    from review.services.migrate import migrate as upgrade
    from review.settings import settings

    before, after = upgrade(settings().url)
    _put(f"{before or '-'} → {after}")
    if draft:
        _put(str(new_revision(engine_for(settings().url), draft)))


@app.command()
def verify(
    draw: Annotated[
        Path | None,
        typer.Option(
            "--draw",
            help="只重算这份抽取记录（Word 或者 JSON） · repeat the draw of this record only",
        ),
    ] = None,
) -> None:
    """核对审计链、存储、数据和抽取记录。Check audit chain, store, data and draws."""
    from review.services import integrity

    if draw is not None:
        _verify_draw(draw)
        return
    found = integrity.verify(_database())
    for violation in found.violations:
        _say(violation.text(_language()))
    _put(
        _object(
            {
                "sound": found.is_sound,
                "audit_records": found.records,
                "audit_head": found.head,
                "stored_files": found.files,
                "violations": len(found.violations),
            }
        )
    )
    if not found.is_sound:
        raise typer.Exit(1)


def _verify_draw(path: Path) -> None:
    """Repeat a draw from its printed record alone; needs no database."""
    from review.services.panel.panel_exports import faults_of_paper

    if not path.is_file():
        raise MissingFile(file=str(path))
    faults = faults_of_paper(path.read_bytes())
    for each in faults:
        _say(each.en if _language().startswith("en") else each.zh)
    _put(_object({"sound": not faults, "faults": [each.key for each in faults]}))
    if faults:
        raise typer.Exit(1)


@app.command()
def remind() -> None:
    """登记今天到期的整改催办，统计信用修复提醒。Record today's reminders; for a daily timer."""
    from review.db.accounts import Role
    from review.services.access import console
    from review.services.rectifying import reminders
    from review.services.results import credit

    database, section = _database(), console(Role.REGULATIONS)
    made = reminders.remind(database, section)
    due = credit.due_reminders(database, section)
    _put(_object({"reminders": made, "credit_repair_due": due}))


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="新文件夹 · a new folder")],
) -> None:
    """备份数据库和全部存储文件。Back up the database and all stored files."""
    from review.services import backups

    made = backups.backup(_database(), folder)
    _put(_object({"folder": str(made.folder), "files": made.files, "bytes": made.size}))


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="备份文件夹 · the backup")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="替换现有数据 · put aside what is there")
    ] = False,
) -> None:
    """从备份恢复；不会覆盖已有数据，除非 --replace。Restore a backup that is whole."""
    from review.services import backups

    made = backups.restore(folder, replace=replace)
    _put(_object({"files": made.files, "revision": made.revision}))


@app.command()
def demo(
    *,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="已有数据时不做任何事 · nothing where data is")
    ] = False,
) -> None:
    """载入样例案卷、账号和一轮评查。Load invented samples through the services."""
    from review.services import demo as samples
    from review.services.reading import importing

    engine = _database()
    if if_empty and (not samples.may_fill(engine) or samples.is_filled(engine)):
        _say("数据库中已有数据，未载入样例。 There is data already; nothing was loaded.")
    else:
        try:
            samples.fill(engine, _say)
        finally:
            importing.stop_jobs()
    if samples.may_fill(engine):
        _tell_accounts()


def _tell_accounts() -> None:
    from review.services import demo as samples

    _say(f"样例账号（仅限本机，口令均为 {samples.PASSWORD}） Sample accounts, this machine only:")
    for login, name, role in samples.accounts():
        _say(f"  {login:<12} {role:<14} {name}")


@user.command("add")
def add_user(
    login: str,
    name: str,
    role: Annotated[str, typer.Argument(help="reviewer expert regulations unit leader ...")],
    *,
    unit: Annotated[str, typer.Option(help="单位名称 · name of the unit")] = "",
    squad: Annotated[str, typer.Option(help="中队 · squad")] = "",
    cert_no: Annotated[str, typer.Option(help="执法证号 · certificate number")] = "",
) -> None:
    """新建账号并显示一次性口令。Create an account and print its one-time password."""
    from review.db.accounts import Role
    from review.services.access import console
    from review.services.accounts import people

    engine, actor = _database(), console(Role.ADMINISTRATOR)
    unit_id = None
    if unit:
        known = {each.name: each.id for each in people.list_units(engine, actor)}
        unit_id = known.get(unit) or people.create_unit(engine, actor, name=unit)
    _put(
        people.create_user(
            engine,
            actor,
            login=login,
            name=name,
            role=role,
            unit_id=unit_id,
            squad=squad,
            cert_no=cert_no,
        )
    )


@user.command("reset")
def reset_user(login: str) -> None:
    """重置口令并显示一次性口令。Give an account a new one-time password."""
    from review.db.accounts import Role
    from review.services.access import console
    from review.services.accounts import people

    engine, actor = _database(), console(Role.ADMINISTRATOR)
    _put(people.reset_password(engine, actor, people.user_by_login(engine, actor, login).id))


def _take_away(name: str, content: bytes, out: Path | None) -> None:
    """Write an export beside its target and then under its name, so that none is half written."""
    from review.reports.durable import write_durably

    target = out or Path(name)
    if target.is_dir():
        target /= name
    write_durably(target, content)
    _put(str(target))


OutOption = Annotated[
    Path | None, typer.Option(help="文件或文件夹 · file or folder; default: here")
]


@export.command("list")
def export_list(
    list_id: Annotated[int, typer.Argument(help="整改清单编号 · id of the list")],
    form: Annotated[Form, typer.Option("--format", help="docx 或 xlsx")] = Form.DOCX,
    out: OutOption = None,
) -> None:
    """导出整改清单。Export a rectification list."""
    from review.db.accounts import Role
    from review.services.access import console
    from review.services.results import exports

    make = exports.rectification_docx if form is Form.DOCX else exports.rectification_xlsx
    _take_away(*make(_database(), console(Role.REGULATIONS), list_id), out)


@export.command("sheet")
def export_sheet(
    sheet_id: Annotated[int, typer.Argument(help="评分表编号 · id of the sheet")],
    out: OutOption = None,
) -> None:
    """导出一案一表评分表。Export the score sheet of a case."""
    from review.db.accounts import Role
    from review.services.access import console
    from review.services.results import exports

    _take_away(*exports.score_sheet_docx(_database(), console(Role.REGULATIONS), sheet_id), out)


@app.command()
def docs(
    *,
    only_check: Annotated[bool, typer.Option("--check", help="只检查 · change nothing")] = False,
) -> None:
    """生成文档：机检、评查标准、错误代码、格式说明。Write the generated documentation."""
    from review.services import documentation

    stale = documentation.write(check=only_check)
    for path in stale:
        _say(f"{path}: {'过期，请运行 case-review docs · stale' if only_check else '已更新'}")
    if only_check and stale:
        raise typer.Exit(1)


@app.command()
def messages(
    only_check: Annotated[bool, typer.Option("--check", help="只检查 · change nothing")] = False,
) -> None:
    """更新界面文字目录。Bring the message catalogues up to date."""
    from review.locale.catalogue import update_catalogues

    problems = update_catalogues(check=only_check)
    for problem in problems:
        _say(problem)
    if problems:
        raise typer.Exit(1)


def main() -> None:
    """The entry of `python -m review`."""
    app()
