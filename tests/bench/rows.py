"""Which work is measured, beside whom?

A row a kind of work: it gives lines of the table.  What a line must reach and
what is aimed at stands beside its measurement.
"""

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import lexicons
import texts
from places import MEGABYTE, PEERS, QUERIES, Places, program, searchkit
from report import Figure, at_least, at_most, no_more
from runs import Cost, answers, folder_bytes, in_turns, run

LANGUAGES = {"de": "German", "en": "English", "ko": "Korean", "kk": "Kazakh", "ru": "Russian"}
EMPTY = [sys.executable, "-c", "pass"]
MEMORY = 256  # megabytes for a build that must not grow; dictionaries and an interpreter alone take up to 200
UNKNOWN = "Wasserstofftt"  # two letters too many
LEXICON = 200_000
ERRORS = 40


def index_german_english(places: Places) -> list[Figure]:
    """Index German and English, whole processes, durable, text stored."""
    source = places.german_english
    last: dict[str, Path] = {}

    def ours(jobs: int) -> Cost:
        last["ours"], cost = _replaced(last.get("ours"), places.indexed(source.folder, "--jobs", str(jobs)))
        return cost

    def theirs(engine: str) -> Cost:
        last[engine], cost = _replaced(last.get(engine), places.peer_indexed(engine, source.folder))
        return cost

    deeds: dict[str, Callable[[], Cost]] = {"one": lambda: ours(1), "two": lambda: ours(2)}
    deeds |= {engine: (lambda engine=engine: theirs(engine)) for engine in ("tantivy", "fts5") if engine in places.peers}
    costs = in_turns(deeds, places.size.rounds)
    work = f"index {source.text_bytes / MEGABYTE:.0f} MB of German and English"
    figures = [at_least(f"{work}, one job", source.text_bytes / MEGABYTE / costs["one"].wall, "MB/s")]
    if "tantivy" in costs:
        figures.append(at_most(f"{work}, one job", costs["one"].over(costs["tantivy"]), PEERS["tantivy"], reach=2, aim=1))
    if "fts5" in costs:
        figures.append(at_most(f"{work}, one job", costs["one"].over(costs["fts5"]), PEERS["fts5"]))
        figures.append(at_most(f"{work}, two jobs", costs["two"].over(costs["fts5"]), PEERS["fts5"], aim=1))
    figures.append(at_least(f"{work}, two jobs", costs["one"].wall / costs["two"].wall, "× as fast as one"))
    figures.append(no_more("index size", folder_bytes(last["ours"]) / source.text_bytes, "× the text", reach=1.5, aim=1))
    figures += [
        no_more(
            f"index size of {PEERS[engine]}, for comparison", folder_bytes(last[engine]) / source.text_bytes, "× the text", reach=99
        )._replace(reach="", verdict="")
        for engine in ("tantivy", "fts5")
        if engine in last
    ]
    return figures + _beside_whoosh(places, costs["one"], source)


def _replaced(old: Path | None, made: tuple[Path, Cost]) -> tuple[Path, Cost]:
    """Keep the newest index of a kind alone: the others would fill the disk."""
    if old:
        shutil.rmtree(old)
    return made


def _beside_whoosh(places: Places, ours: Cost, source: texts.Collection) -> list[Figure]:
    """Index a sample with stock Whoosh, and compare by the megabyte."""
    if "whoosh" not in places.peers:
        return []
    sample = places.sample
    theirs = places.peer_indexed("whoosh", sample.folder)[1]
    scale = (theirs.wall / sample.text_bytes) / (ours.wall / source.text_bytes)
    cpu = (theirs.cpu / sample.text_bytes) / (ours.cpu / source.text_bytes)
    work = f"index German and English, one job (Whoosh: {sample.text_bytes / MEGABYTE:.1f} MB, by the megabyte)"
    return [at_least(work, scale, f"× as fast as {PEERS['whoosh']}", reach=8, processor=f"{cpu:.2f} ×")]


def index_korean(places: Places) -> list[Figure]:
    """Index Korean: characters a second of one core, and what a second core gives."""
    source = places.language("ko")
    costs = _indexed_by(places, source)
    work = f"index {source.characters / 1e6:.1f} M characters of Korean"
    figures = [
        at_least(f"{work}, one job", source.characters / costs["one"].cpu, "characters/s of a core", reach=150_000),
        at_least(f"{work}, two jobs", costs["one"].wall / costs["two"].wall, "× as fast as one", reach=1.8),
    ]
    return figures + _beside_plain(work, costs)


def index_cyrillic(places: Places) -> list[Figure]:
    """Index Kazakh and Russian: megabytes a second of one core."""
    figures: list[Figure] = []
    for code in ("kk", "ru"):
        source = places.language(code)
        costs = _indexed_by(places, source)
        work = f"index {source.text_bytes / MEGABYTE:.1f} MB of {LANGUAGES[code]}"
        for jobs, name in (("one", "one job"), ("two", "two jobs")):
            speed = source.text_bytes / MEGABYTE / costs[jobs].wall
            figures.append(at_least(f"{work}, {name}", speed, "MB/s", reach=4 if jobs == "one" else None, aim=8 if jobs == "one" else None))
        figures += _beside_plain(work, costs)
    return figures


def _indexed_by(places: Places, source: texts.Collection) -> dict[str, Cost]:
    """Index with one job, two jobs and FTS5, in turns."""
    deeds: dict[str, Callable[[], Cost]] = {
        "one": lambda: places.indexed(source.folder, "--jobs", "1")[1],
        "two": lambda: places.indexed(source.folder, "--jobs", "2")[1],
    }
    if "fts5-plain" in places.peers:
        deeds["fts5-plain"] = lambda: places.peer_indexed("fts5-plain", source.folder)[1]
    return in_turns(deeds, places.size.rounds)


def _beside_plain(work: str, costs: dict[str, Cost]) -> list[Figure]:
    if "fts5-plain" not in costs:
        return []
    return [at_most(f"{work}, one job", costs["one"].over(costs["fts5-plain"]), f"{PEERS['fts5-plain']} without stems")]


def one_search(places: Places) -> list[Figure]:
    """Search for one word, whole process, file cache warm, passage shown."""
    index, sample = places.everything_index, places.everything.sample
    words = {LANGUAGES[code]: _one_word(sample, code) for code in lexicons.CODES}
    words["unknown"] = UNKNOWN
    deeds: dict[str, Callable[[], Cost]] = {"empty": lambda: run(EMPTY)}
    for name, word in words.items():
        command = searchkit(index, "search", word)
        run(command, statuses=(0, 1))
        deeds[name] = lambda command=command: run(command, statuses=(0, 1))
    costs = in_turns(deeds, places.size.starts)
    figures: list[Figure] = []
    for name in words:
        work = f"`search WORD` in {places.everything.documents:,} documents, {name}"
        limits = {} if name == "unknown" else {"reach": 6.0, "aim": 3.0}
        figures.append(at_most(work, costs[name].over(costs["empty"]), "`python -c pass`", **limits))
    return figures


def _one_word(sample: list[texts.Text], code: str) -> str:
    """Take a word of middling frequency that one document of a language comes back to."""
    documents = [text for text in sample if text.code == code]
    return next(word for word in documents[len(documents) // 2].own[2:] if len(word) > 1)


def many_queries(places: Places) -> list[Figure]:
    """Answer many queries in one process, ten best, no passages; starting is not counted."""
    sample, folder = places.german_english.sample, places.german_english.folder
    index = places.indexed(folder)[0]
    others = {engine: places.peer_indexed(engine, folder)[0] for engine in ("tantivy", "fts5") if engine in places.peers}
    figures: list[Figure] = []
    for name, count in (("one word", 1), ("three words", 3), ("whole questions", 0)):
        queries = _queries(sample, count)
        ours = searchkit(index, "search", "-", "--snippets", "0", "-n", "10", "--format", "json")
        deeds: dict[str, Callable[[], Cost]] = {"ours": lambda queries=queries, ours=ours: answers(ours, queries)}
        for engine, place in others.items():
            command = places.peer(engine, "search", str(place))
            deeds[engine] = lambda command=command, queries=queries: answers(command, queries)
        costs = in_turns(deeds, places.size.rounds)
        work = f"{len(queries) - 1} queries, {name}, in {places.german_english.documents:,} documents"
        for engine in others:
            limits = {"reach": 4.0, "aim": 1.0} if engine == "tantivy" else {}
            figures.append(at_most(work, costs["ours"].over(costs[engine]), PEERS[engine], **limits))
    return figures


def _queries(sample: list[texts.Text], count: int) -> list[str]:
    """Make queries of some own words of a document, or a question with function words; one more, to warm up with."""
    draw = random.Random(count)
    queries: list[str] = []
    for text in draw.choices(sample, k=QUERIES + 1):
        words = draw.choices(text.own, k=count or 5)
        if not count:
            small = draw.choices(lexicons.words(text.code).function, k=4)
            words = [small[0], words[0], small[1], words[1], words[2], small[2], words[3], small[3], words[4]]
        queries.append(" ".join(re.sub(r"\W", "", word) for word in words))
    return queries


def unknown_word(places: Places) -> list[Figure]:
    """Correct a word, in the process, where the index has 200,000 words."""
    count = places.size.of(LEXICON, 20_000)
    words = [word.lower() for code in ("de", "en") for word in lexicons.words(code).content[: count // 2]]
    words = sorted(set(words))
    source = places.fresh("words")
    source.mkdir()
    draw = random.Random(1)
    errors = [_mistyped(word, draw) for word in draw.choices([word for word in words if len(word) > 7], k=3 * ERRORS)]
    known = set(words)
    errors = [error for error in errors if error not in known][:ERRORS]
    with (source / "words.jsonl").open("w", encoding="utf-8") as file:
        for start in range(0, len(words), 100):
            file.write(json.dumps({"_id": str(start), "text": " ".join(words[start : start + 100]) + ".", "lang": "de"}) + "\n")
    index = places.indexed(source)[0]
    lists = [source / "known", source / "errors"]
    draw.shuffle(words)
    for path, kept in zip(lists, (words, errors), strict=True):
        path.write_text("\n".join(kept), "utf-8")
    command = [sys.executable, str(Path(__file__).with_name("typing_errors.py")), str(index), *map(str, lists)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    milliseconds = {name: 1000 * seconds for name, seconds in told.items()}
    beside = f"`rapidfuzz.process.extract` over {len(words):,} words"
    later, first = (Cost(told[name], told[name]).over(Cost(told["yardstick"], told["yardstick"])) for name in ("later", "first"))
    work = f"a query of one unknown word, {len(words):,} words in the index"
    return [
        no_more(f"{work}, in the process", milliseconds["later"], "ms", reach=30, aim=5),
        at_most(f"{work}, in the process", later, beside),
        no_more(f"{work}, the first after opening", milliseconds["first"], "ms", reach=30, aim=5),
        at_most(f"{work}, the first after opening", first, beside),
    ]


def _mistyped(word: str, draw: random.Random) -> str:
    """Leave a letter out, double one or swap two."""
    at = draw.randrange(1, len(word) - 1)
    return draw.choice((word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :]))


def unchanged(places: Places) -> list[Figure]:
    """Index again where nothing has changed."""
    count = places.size.of(10_000, 100)
    folder = places.fresh("files")
    texts.write_files(folder, "en", count)
    index = places.indexed(folder)[0]
    again = searchkit(index, "index", str(folder))
    run(again)  # whoever has just written files is not believed yet
    costs = in_turns({"ours": lambda: run(again), "find": lambda: run(["find", str(folder), "-type", "f"])}, places.size.starts)
    return [at_most(f"`index` again, {count:,} files, nothing changed", costs["ours"].over(costs["find"]), "`find`", reach=40)]


def one_changed(places: Places) -> list[Figure]:
    """Index again where one file has changed, among documents in JSON Lines and in files of their own."""
    documents, files = places.size.of(100_000, 300), places.size.of(1_000, 50)
    folder = places.fresh("changing")
    collection = texts.write_collection(folder, ["en", "de"], documents=documents - files)
    texts.write_files(folder / "files", "en", files)
    index = places.indexed(folder)[0]
    again, version = searchkit(index, "index", str(folder)), program("--version")  # with an option before it, Click would be loaded for it
    search = searchkit(index, "search", _one_word(collection.sample, "en"))
    changing = sorted((folder / "files").rglob("*.txt"))

    def change() -> Cost:
        changing[0].write_text(changing.pop().read_text("utf-8"), "utf-8")
        return run(again)

    deeds = {"ours": change, "version": lambda: run(version), "search": lambda: run(search, statuses=(0, 1))}
    costs = in_turns(deeds, min(places.size.starts, files // 2))
    work = f"`index` with one changed file among {documents:,} documents ({files:,} files)"
    figures = [at_most(work, costs["ours"].over(costs["version"]), "`searchkit --version`", reach=10)]
    return [*figures, at_most(work, costs["ours"].over(costs["search"]), "`search WORD`", aim=1)]


def growth(places: Places) -> list[Figure]:
    """Index three times the documents in bounded memory."""
    least = places.size.megabytes / 3
    sources = {
        times: texts.write_collection(places.texts / f"growth-{times}", ["de", "en"], text_bytes=round(least * times * MEGABYTE))
        for times in (1, 3)
    }
    options = ("--jobs", "1", "--memory", str(MEMORY))
    deeds = {str(times): (lambda source=source: places.indexed(source.folder, *options)[1]) for times, source in sources.items()}
    costs = in_turns(deeds, places.size.rounds)
    work = f"index {least * 3:.0f} MB beside {least:.0f} MB"
    ratio = costs["3"].over(costs["1"])
    return [
        at_most(work, ratio, "the time of a third", reach=3.2),
        no_more(
            f"{work}, peak memory at `--memory {MEMORY}`", costs["3"].peak_bytes / costs["1"].peak_bytes, "× that of a third", reach=1.2
        ),
        no_more(
            f"index {least * 3:.0f} MB, peak memory at `--memory {MEMORY}`", costs["3"].peak_bytes / MEGABYTE, "MB", reach=MEMORY * 1.05
        ),
    ]


ROWS: dict[str, Callable[[Places], list[Figure]]] = {
    "index": index_german_english,
    "korean": index_korean,
    "cyrillic": index_cyrillic,
    "search": one_search,
    "queries": many_queries,
    "unknown": unknown_word,
    "unchanged": unchanged,
    "changed": one_changed,
    "growth": growth,
}
"""In the order of the table."""
