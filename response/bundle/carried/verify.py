"""检验证据包 Checks an evidence bundle. Needs Python 3.8 or newer and nothing else; reads only its own folder.

    python3 -I verify.py [--root 文件 FILE | 日期:摘要 DAY:HASH] ...

--root 是另处保存的每日存证摘要，可多次给出。a daily root that was kept elsewhere; may be given more than once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
FORMAT = "ningbo-evidence-bundle/1"
SEPARATORS = 9
HASHED = (
    "prev_hash", "chain", "seq", "action", "actor", "office", "subject", "at", "recorded_at", "payload",
)  # fmt: skip


def sha256(data: bytes) -> str:
    """The hash that everything here is made of."""
    return hashlib.sha256(data).hexdigest()


def lines(name: str) -> list[str]:
    """The lines of a file of the bundle."""
    return (HERE / name).read_text(encoding="utf-8").split("\n")[:-1]


def files_wrong(manifest: dict[str, Any]) -> Iterator[str]:
    """The manifest names every file with its hash, and no other file is here."""
    listed = manifest["files"]
    found = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.is_file()}
    for name in sorted(set(listed) - found):
        yield name + ": 缺失 missing"
    for name in sorted(found - set(listed) - {"MANIFEST.json"}):
        yield name + ": 清单外的文件 not in the manifest"
    for name in sorted(found & set(listed)):
        if sha256((HERE / name).read_bytes()) != listed[name]["sha256"]:
            yield name + ": 内容与清单不符 differs from the manifest"


def read_chains() -> dict[str, list[dict[str, Any]]]:
    """The rows of the evidence log by chain, in the order of the file."""
    chains: dict[str, list[dict[str, Any]]] = {}
    for line in lines("log.jsonl"):
        row = json.loads(line)
        chains.setdefault(row["chain"], []).append(row)
    return chains


def chain_wrong(rows: list[dict[str, Any]], head: dict[str, Any]) -> Iterator[str]:
    """Every row names the one before it and hashes to what it says, from the first to the head."""
    seq, digest = 0, ""
    for row in rows:
        where = "{} #{}".format(row["chain"], row["seq"])
        text = "\n".join(str(row[name]) for name in HASHED)
        if row["seq"] != seq + 1:
            yield where + ": 前面有缺行 rows are missing before it"
        if row["prev_hash"] != digest:
            yield where + ": 与前一行不相接 does not name the row before it"
        if text.count("\n") != SEPARATORS or sha256(text.encode("utf-8")) != row["hash"]:
            yield where + ": 内容与摘要不符 its content does not match its hash"
        seq, digest = row["seq"], row["hash"]
    if (head.get("seq"), head.get("hash")) != (seq, digest):
        yield "{}: 链尾不符 the head is another".format(rows[0]["chain"])


def roots_wrong(
    chains: dict[str, list[dict[str, Any]]], reach: dict[str, int], roots: dict[str, str]
) -> Iterator[str]:
    """Every daily root follows from its heads, and the rows it names are these; fills `reach` and `roots`."""
    hashes = {(row["chain"], row["seq"]): row["hash"] for rows in chains.values() for row in rows}
    for path in sorted((HERE / "roots").glob("*.json")):
        root = json.loads(path.read_text(encoding="utf-8"))
        text = "\n".join([root["prev_root"], root["on"], "\n".join(root["heads"])])
        if sha256(text.encode("utf-8")) != root["root"] or path.stem != root["on"]:
            yield "{}: 摘要与内容不符 the root does not follow from its heads".format(root["on"])
        roots[root["on"]] = root["root"]
        for line in root["heads"]:
            chain, seq, digest = line.rsplit(" ", 2)
            if chain in chains:
                reach[chain] = max(int(seq), reach.get(chain, 0))
                if hashes.get((chain, int(seq))) != digest:
                    yield "{} #{}: 与{}的每日摘要不符 not what the root of that day names".format(
                        chain, seq, root["on"]
                    )


def records_wrong(
    chains: dict[str, list[dict[str, Any]]], sealed: list[str], counts: dict[str, int]
) -> Iterator[str]:
    """What the log vouches for reads as it was recorded; fills `counts` with sealed and other records."""
    seals = {}
    for rows in chains.values():
        for row in rows:
            seals.update(json.loads(row["payload"]).get("rows", {}))
    for path in sorted((HERE / "records").glob("*.jsonl")):
        counts["sealed" if path.stem in sealed else "other"] += len(lines("records/" + path.name))
        for line in lines("records/" + path.name) if path.stem in sealed else ():
            name = "{}:{}".format(path.stem, json.loads(line)["id"])
            digest = seals.pop(name, None)
            if digest is None:
                yield name + ": 未见于存证链 the log does not know it"
            elif digest != sha256(line.encode("utf-8")):
                yield name + ": 与存证链所记不符 not what the log recorded"
    for name in sorted(seals):
        yield name + ": 存证链有记录而包内没有 the log knows it, the bundle lacks it"


def documents_wrong() -> Iterator[str]:
    """Every signed report or paper here is one whose hash is on record, and each that is on record is here."""
    records = ["records/reporting.documentfile.jsonl", "records/review.paperfile.jsonl"]
    known = {
        json.loads(line)["sha256"] for name in records if (HERE / name).is_file() for line in lines(name)
    }
    here = {
        sha256(each.read_bytes()): each.relative_to(HERE).as_posix()
        for each in sorted((HERE / "documents").rglob("*"))
        if each.is_file()
    }
    for digest in sorted(set(here) - known):
        yield here[digest] + ": 未见于存证链 the log does not know it"
    for digest in sorted(known - set(here)):
        yield digest + ": 存证链有此报告文件而包内没有 a report's file is missing"


def kept_roots(given: list[str]) -> Iterator[tuple[str, str]]:
    """Day and hash of each root that was kept elsewhere."""
    for text in given:
        day, _colon, digest = "".join(text.split()).lower().partition(":")
        if Path(text).is_file():
            root = json.loads(Path(text).read_text(encoding="utf-8"))
            day, digest = root["on"], root["root"]
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            sys.exit(text + ": 应为文件或 日期:摘要 expected a file or DAY:HASH")
        yield day, digest


def kept_wrong(given: list[str], roots: dict[str, str]) -> Iterator[str]:
    """The roots kept elsewhere are the bundle's."""
    for day, digest in kept_roots(given):
        if roots.get(day) != digest:
            wrong = (
                "与另处保存的不同 not the one kept elsewhere"
                if day in roots
                else "包内没有 not in the bundle"
            )
            yield f"{day}: 每日摘要{wrong}"
        else:
            print(f"{day}: 与另处保存的每日摘要一致 the root kept elsewhere agrees")


def tell_reach(chains: dict[str, list[dict[str, Any]]], reach: dict[str, int], roots: dict[str, str]) -> None:
    """Say how far each chain is anchored, and which printed pages to compare."""
    for chain, rows in sorted(chains.items()):
        last, anchored = rows[-1]["seq"], reach.get(chain, 0)
        print(f"{chain}: {len(rows)} 行 rows, 至 #{anchored} 已锚定 anchored")
        if last > anchored:
            print(f"  #{anchored + 1}–#{last} 晚于最近一次每日摘要 younger than the last root")
    for day in sorted(roots):
        print(f"请与当日打印页核对 compare with the page of that day: {day}:{roots[day]}")


def main() -> int:
    """Check everything; 1 if anything is wrong."""
    usage = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usage.add_argument("--root", action="append", default=[])
    given = usage.parse_args().root
    manifest = json.loads((HERE / "MANIFEST.json").read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        sys.exit("格式不是 the format is not " + FORMAT)
    wrong = list(files_wrong(manifest))
    chains: dict[str, list[dict[str, Any]]] = {}
    if not wrong:
        chains, heads = read_chains(), json.loads((HERE / "heads.json").read_text(encoding="utf-8"))
        reach: dict[str, int] = {}
        roots: dict[str, str] = {}
        counts = {"sealed": 0, "other": 0}
        wrong += [
            chain + ": 链或链尾缺失 chain or head missing" for chain in sorted(set(chains) ^ set(heads))
        ]
        for chain in sorted(set(chains) & set(heads)):
            wrong += chain_wrong(chains[chain], heads[chain])
        wrong += roots_wrong(chains, reach, roots)
        wrong += records_wrong(chains, manifest["sealed"], counts)
        wrong += documents_wrong()
        wrong += kept_wrong(given, roots)
        tell_reach(chains, reach, roots)
        print("{sealed} 条经存证的记录 sealed records, {other} 条其他记录 other records".format(**counts))
    for trouble in wrong:
        print("不符 BROKEN " + trouble)
    print("不通过 FAILED" if wrong else "通过 OK: " + manifest["incident"])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
