#!/usr/bin/env python3
"""Checks the calendars of the markets against Python's packages, and replays the nightly trainings.

    bench/markets.py            both
    bench/markets.py calendars  forDate and closes of each exchange, 1998 to 2025
    bench/markets.py replay     February to November 2026: how often is a forecast fresh and ahead?
"""

import os
import sys

sys.dont_write_bytecode = True

import tempfile
from collections import defaultdict
from pathlib import Path

import packages
from processes import BenchError, output, stop_on_sigterm

ROOT = Path(__file__).resolve().parent.parent
JARS = ["bench/target/bench.jar", "apps/trainer/target/trainer.jar", "apps/api/target/api.jar"]
FIRST, LAST = "1998-01-01", "2025-12-31"
REPLAYED = "2026-02-01", "2026-12-01"
MEASURED = 90.0  # percent of the time

# The symbol, its calendar in exchange_calendars, Yahoo's name of the exchange and Yahoo's time zone.
TICKERS = [
    ("SPY", "XNYS", "PCX", "America/New_York"),
    ("RY.TO", "XTSE", "TOR", "America/Toronto"),
    ("VOD.L", "XLON", "LSE", "Europe/London"),
    ("SAP.DE", "XETR", "GER", "Europe/Berlin"),
    ("SAP.F", "XFRA", "FRA", "Europe/Berlin"),
    ("EURUSD=X", "24/5", "CCY", "Europe/London"),
    ("BTC-USD", "24/7", "CCC", "UTC"),
    ("7203.T", "XTKS", "JPX", "Asia/Tokyo"),
    ("TEVA.TA", "XTAE", "TLV", "Asia/Jerusalem"),
    ("2222.SR", "XSAU", "SAU", "Asia/Riyadh"),
]


def java(main, *arguments):
    infra = next((ROOT / "infra/target").glob("infra-*.jar"))
    path = os.pathsep.join([*(str(ROOT / jar) for jar in JARS), str(infra)])
    return output(["java", "-cp", path, f"mlopsprimer.bench.{main}", *arguments])


def calendars_say(*arguments):
    python = packages.interpreter(ROOT / "scripts/exchanges/requirements.txt", "exchanges")
    return output([python, ROOT / "bench/market_calendars.py", *arguments])


def check_calendars():
    """Compares forDate after every day. Returns the number of wrong days."""
    open_days = defaultdict(set)
    for line in calendars_say("days", FIRST, LAST).splitlines():
        package, exchange, day = line.split()
        open_days[package, exchange].add(day)
    closes = dict()
    for line in calendars_say("closes", FIRST, LAST).splitlines():
        exchange, day, end = line.split()
        closes[exchange, day] = end

    ours = defaultdict(list)
    for line in java("NextSessions", FIRST, LAST).splitlines():
        exchange, day, for_date, close, *unknown = line.split()
        if for_date <= LAST and not unknown:
            ours[exchange].append((day, for_date, close))

    print("exchange  days   wrong, exchange_calendars  closes  wrong  wrong, pandas_market_calendars")
    total = 0
    notes = []
    for exchange, rows in ours.items():
        if exchange == "weekdays":
            continue
        first, second = open_days["exchange_calendars", exchange], open_days["pandas_market_calendars", exchange]
        begin = min(first)
        rows = [row for row in rows if row[0] >= begin]
        wrong = mistakes(rows, first)
        # A market that never closes ends its session at midnight in Yahoo's zone.
        ends = [row for row in rows if not exchange.startswith("24/")]
        wrong_closes = sum(closes[exchange, for_date] != full(close) for _, for_date, close in ends)
        # Where the two packages disagree, one of them is wrong; those days are listed below the table.
        disputed = sorted(day for day in first ^ second if day >= begin)
        elsewhere = [row for row in mistakes(rows, second) if not any(row[0] < day <= max(row[1], row[2]) for day in disputed)]
        total += len(wrong) + wrong_closes + len(elsewhere)
        print(f"{exchange:9} {len(rows):5}  {len(wrong):25}  {len(ends):6}  {wrong_closes:5}  {len(elsewhere):5} ({len(disputed)} days disputed)")
        if disputed:
            notes.append((exchange, [f"{day} {'open' if day in first else 'closed'}" for day in disputed]))
    print("\nThe packages disagree about these days; the table has them as exchange_calendars does:")
    for exchange, days in notes:
        shown = ", ".join(days[:12])
        print(f"  {exchange}: {shown}{f', and {len(days) - 12} more' if len(days) > 12 else ''}")
    return total


def full(time):
    """Adds the seconds that Java leaves out of a time without any: 2026-11-25T21:00Z."""
    return time if time.count(":") == 2 else time.replace("Z", ":00Z")


def mistakes(rows, open_days):
    """Returns the rows whose forDate is not the first open day after their day, with that day."""
    ordered = sorted(open_days)
    position = 0
    wrong = []
    for day, for_date, _ in rows:
        while position < len(ordered) and ordered[position] <= day:
            position += 1
        if position < len(ordered) and for_date != ordered[position]:
            wrong.append((day, for_date, ordered[position]))
    return wrong


def replay(work):
    """Replays each ticker. Returns the number of tickers that miss the measure."""
    first, end = REPLAYED
    print("\nticker    calendar schedule    zone              samples  good    stale  over, not stale  wrong day", flush=True)
    missed = 0
    for symbol, code, name, zone in TICKERS:
        store = work / symbol.replace("=", "_")
        java_trainer(symbol, store)
        sessions = work / "sessions.txt"
        sessions.write_text(calendars_say("sessions", code, zone, "2024-06-01", "2026-12-31"))
        line = java("MarketReplay", symbol, name, zone, sessions, store, first, end)
        print(line, end="", flush=True)
        words = line.replace("%", "").split()
        good, over = float(words[-4]), int(words[-2]) + int(words[-1])
        missed += good < MEASURED or over > 0
    return missed


def java_trainer(symbol, store):
    arguments = ["--ticker", symbol, "--source", "sample", "--trees", "10", "--store", store]
    output(["java", "-jar", ROOT / "apps/trainer/target/trainer.jar", "train", *arguments])


def main(parts):
    missing = [jar for jar in JARS if not (ROOT / jar).exists()]
    if missing:
        raise BenchError(f"not built: {', '.join(missing)}: run 'make bench-markets', which builds them first")
    failed = 0
    if "calendars" in parts:
        failed += check_calendars()
    if "replay" in parts:
        with tempfile.TemporaryDirectory(prefix="mlops-primer-bench-") as directory:
            failed += replay(Path(directory))
    return failed


if __name__ == "__main__":
    stop_on_sigterm()
    try:
        failed = main(sys.argv[1:] or ["calendars", "replay"])
    except BenchError as problem:
        sys.exit(f"bench: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
    if failed:
        sys.exit(f"bench: {failed} figures miss their measure")
