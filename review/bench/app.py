"""The sub-command `case-review bench`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from review.settings import settings

app = typer.Typer(
    help="重复得出的测量：准确率、速度比。Measurements that anyone can repeat.",
    no_args_is_help=True,
)

SAMPLES = Path(__file__).parents[2] / "samples" / "data"


@app.command()
def samples(
    folder: Annotated[
        Path, typer.Argument(help="带 truth.json 的案卷目录 · folder of labelled case files")
    ] = SAMPLES,
) -> None:
    """文书、要素、机检结果与标注对照。Documents, facts and checks against the labels."""
    from review.bench import accuracy

    typer.echo(accuracy.table(accuracy.compare(folder)))


@app.command()
def ui(
    clicks: Annotated[int, typer.Option(help="每种方式点击次数 · clicks of each kind")] = 30,
    home: Annotated[
        Path | None, typer.Option(help="已有样例的目录，只复制 · a home with the samples, copied")
    ] = None,
) -> None:
    """评分页点击到保存，与整页重跑对比。Click to saved against a whole-page rerun."""
    from review.bench import ui as measured

    typer.echo(measured.report(measured.measure(clicks, home)))


@app.command()
def read(
    *,
    folder: Annotated[Path, typer.Argument(help="带文本层的 PDF · folder of text PDFs")] = SAMPLES,
    only: Annotated[
        list[str] | None,
        typer.Option(help="text、scans、facts、memory、import、broken，可重复 · sections"),
    ] = None,
    long_pages: Annotated[int, typer.Option(min=5, help="长文件页数 · pages of a long PDF")] = 5000,
    broken_pdfs: Annotated[int, typer.Option(min=0, help="损坏的 PDF · mutated PDFs")] = 1000,
    broken_docxs: Annotated[int, typer.Option(min=0, help="损坏的 DOCX · mutated DOCX")] = 200,
    pages: Annotated[int, typer.Option(min=1, help="扫描页数 · scanned pages")] = 40,
    text_files: Annotated[int, typer.Option(min=0, help="文本案卷数 · files on text")] = 40,
    scan_files: Annotated[int, typer.Option(min=0, help="扫描案卷数 · scanned files")] = 12,
    decisions: Annotated[
        Path | None, typer.Option(help="带标注的真实决定书目录 · folder of labelled decisions")
    ] = None,
) -> None:
    """读取：速度、扫描识别、文书拆分和要素。Reading: speed, scans, splitting and facts."""
    from review.bench import decisions as real
    from review.bench import facts, long_import, robust
    from review.bench import read as text
    from review.bench.scans import report as scans

    sections: dict[str, Callable[[], str]] = {
        "text": lambda: text.report(text.measure(folder)),
        "scans": lambda: scans.report(scans.measure(pages)),
        "facts": lambda: facts.report(facts.measure(text_files, scan_files)),
        "memory": lambda: robust.report_memory(robust.memory(folder, long_pages)),
        "import": lambda: long_import.report(long_import.measure(folder, long_pages)),
        "broken": lambda: robust.report_broken(
            robust.broken(folder, pdfs=broken_pdfs, docxs=broken_docxs)
        ),
    }
    if decisions is not None:
        labelled = decisions
        sections["decisions"] = lambda: real.report(real.measure(labelled))
    for name, measured in sections.items():
        if not only or name in only:
            typer.echo(f"-- {name}")
            typer.echo(measured())


@app.command()
def checks(
    seed: Annotated[int, typer.Option(help="随机种子 · seed of the stories")] = 1,
    scans: Annotated[int, typer.Option(min=0, help="扫描件数 · how many scanned files")] = 4,
    keep: Annotated[Path | None, typer.Option(help="保留案卷 · keep the files here")] = None,
    only: Annotated[str, typer.Option(help="只做名称含此字样的 · part of a file's key")] = "",
) -> None:
    """陌生格式案卷：查全率、查准率和误报。Recall, precision, alarms on foreign case files."""
    from review.bench import checks as measured

    typer.echo(measured.report(measured.measure(seed, scans=scans, keep=keep, only=only)))


@app.command()
def search(
    pages: Annotated[int, typer.Option(help="页数 · invented pages")] = 10_000,
) -> None:
    """全文检索所需时间。How long full-text search takes."""
    from review.bench import searching as measured

    typer.echo(measured.report(measured.measure(pages)))


@app.command()
def kill(
    *,
    saves: Annotated[int, typer.Option(help="确认保存的次数 · acknowledged saves")] = 1000,
    seed: Annotated[int, typer.Option(help="随机种子 · seed of the kills")] = 1,
    imports: Annotated[
        bool, typer.Option("--imports", help="改为导入时杀死 · kill imports instead")
    ] = False,
    files: Annotated[int, typer.Option(help="导入的文件数 · files of a batch")] = 50,
    rounds: Annotated[int, typer.Option(help="重复次数 · batches with kills")] = 5,
) -> None:
    """保存或导入时杀死进程：一个不丢、结果相同。Saves or imports under kills: nothing is lost."""
    if imports:
        from review.bench import kill_imports

        outcome = kill_imports.run(count=files, rounds=rounds)
        typer.echo(kill_imports.report(outcome))
        raise typer.Exit(0 if outcome.is_sound else 1)
    from review.bench import kill as measured

    with tempfile.TemporaryDirectory() as home:
        os.environ["CASE_REVIEW_HOME"] = home
        settings.cache_clear()
        typer.echo(measured.run(saves=saves, seed=seed))


@app.command()
def mutants(
    seed: Annotated[int, typer.Option(help="随机种子 · seed of the sample")] = 1,
    sample: Annotated[int, typer.Option(min=1, help="抽取个数 · how many mutants")] = 300,
    workers: Annotated[int, typer.Option(min=1, help="并行份数 · copies side by side")] = 2,
    only: Annotated[str, typer.Option(help="只变异路径含此字样的 · part of a path")] = "",
) -> None:
    """变异测试：改动边界和条件，测试是否发现。Do tests notice a changed boundary or condition?

    Ends with 1 where fewer than nine of ten are noticed.
    """
    from review.bench import mutants as measured

    outcome = measured.measure(seed, sample, workers, only)
    typer.echo(measured.report(outcome))
    if not outcome.is_enough:
        raise typer.Exit(1)


@app.command()
def rounds(
    times: Annotated[
        list[int] | None, typer.Option(help="规模倍数，可多次给出 · sizes; repeatable")
    ] = None,
    visits: Annotated[int, typer.Option(min=2, help="每页访问次数 · visits of each page")] = 20,
    postgresql: Annotated[
        str, typer.Option(help="own，或空库地址 · `own`, or the URL of an empty database")
    ] = "",
) -> None:
    """一万件案卷、三十万条评分下每页的服务器用时。Server time of every page at real size."""
    from review.bench import rounds as measured

    sizes = [
        measured.measure(times=size, visits=visits, postgresql=postgresql) for size in times or [1]
    ]
    typer.echo(measured.report(sizes))


@app.command(name="all")
def every() -> None:
    """依次做全部测量。All of them, one after another."""
    for measure in (samples, read, checks, kill, ui):
        typer.echo(f"== {measure.__name__}")
        subprocess.run([sys.executable, "-m", "review", "bench", measure.__name__], check=True)


@app.command()
def documents(
    folder: Annotated[Path, typer.Argument(help="图片目录 · folder for the pictures")],
    home: Annotated[
        Path | None,
        typer.Option(help="已有样例的目录，只复制 · a home with the samples, copied"),
    ] = None,
) -> None:
    """导出文书渲染为图片，供逐页查看。Exported documents as pictures, to be looked at.

    抽取记录、评分表、合议记录、机审报告和复议诉讼台账取自样例。Those of draw, sheets, panel,
    checks and challenges come from the samples.
    """
    from review.bench import documents as made

    with tempfile.TemporaryDirectory() as place:
        _work_in(Path(place) / "results")
        pictures = made.make(folder)
        if home is not None:
            _work_in(shutil.copytree(home, Path(place) / "samples"))
            pictures += made.make_of_samples(folder)
    for path in pictures:
        typer.echo(path)


def _work_in(home: Path) -> None:
    os.environ["CASE_REVIEW_HOME"] = str(home)
    settings.cache_clear()
