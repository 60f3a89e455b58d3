#!/usr/bin/env python3
"""Answers as Yahoo Finance's chart endpoint does, with real daily prices of the years 1999 to 2018.

chart-server.py ADDRESS PORT DIRECTORY CONTROL

DIRECTORY holds sp500.csv.gz and nasdaq.csv.gz. CONTROL is a file that may appear and change at any
time. It holds words that change the answers: `withheld=N` leaves out the newest N days, `mode=429`
refuses every request, `mode=html` sends a web page in place of prices.
"""

import csv
import datetime
import gzip
import http.server
import json
import sys
import urllib.parse
import zoneinfo
from pathlib import Path

ZONE = zoneinfo.ZoneInfo("America/New_York")
FILES = {"^GSPC": "sp500.csv.gz", "^IXIC": "nasdaq.csv.gz"}
COLUMNS = ("Open", "High", "Low", "Close", "Volume")


def at(day: datetime.date, hour: int, minute: int) -> int:
    return int(datetime.datetime.combine(day, datetime.time(hour, minute), ZONE).timestamp())


def read(file: Path) -> list[tuple[int, list[float], float]]:
    """Returns, for every day: the opening time, the values of COLUMNS, the adjusted close."""
    with gzip.open(file, "rt", newline="") as lines:
        return [
            (
                at(datetime.datetime.strptime(row["Date"], "%m/%d/%Y").date(), 9, 30),
                [float(row[column]) for column in COLUMNS],
                float(row["Adj Close"]),
            )
            for row in csv.DictReader(lines)
        ]


class Chart(http.server.BaseHTTPRequestHandler):
    prices: dict[str, list[tuple[int, list[float], float]]] = {}
    control: Path

    def do_GET(self) -> None:
        words = self.control.read_text().split() if self.control.exists() else []
        settings = dict(word.split("=", 1) for word in words)
        url = urllib.parse.urlsplit(self.path)
        symbol = urllib.parse.unquote(url.path.rsplit("/", 1)[-1])
        if settings.get("mode") == "429":
            self.answer(429, "text/plain", "Too Many Requests")
        elif settings.get("mode") == "html":
            self.answer(200, "text/html", "<!doctype html><title>Will be right back</title>")
        elif not url.path.startswith("/v8/finance/chart/") or symbol not in self.prices:
            error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
            self.answer(404, "application/json", json.dumps({"chart": {"result": None, "error": error}}))
        else:
            query = {name: values[0] for name, values in urllib.parse.parse_qs(url.query).items()}
            rows = self.prices[symbol]
            rows = rows[: len(rows) - int(settings.get("withheld", "0"))]
            first, last = int(query.get("period1", 0)), int(query.get("period2", 2**62))
            self.answer(200, "application/json", chart(symbol, [r for r in rows if first <= r[0] < last]))

    def answer(self, status: int, kind: str, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def chart(symbol: str, rows: list[tuple[int, list[float], float]]) -> str:
    today = datetime.datetime.now(ZONE).date()
    quote = {name.lower(): [row[1][i] for row in rows] for i, name in enumerate(COLUMNS)}
    result = {
        "meta": {
            "symbol": symbol,
            "exchangeTimezoneName": str(ZONE),
            "currentTradingPeriod": {"regular": {"start": at(today, 9, 30), "end": at(today, 16, 0)}},
        },
        "timestamp": [row[0] for row in rows],
        "indicators": {"quote": [quote], "adjclose": [{"adjclose": [row[2] for row in rows]}]},
    }
    return json.dumps({"chart": {"result": [result], "error": None}})


def main(address: str, port: str, directory: str, control: str) -> None:
    Chart.prices = {symbol: read(Path(directory) / file) for symbol, file in FILES.items()}
    Chart.control = Path(control)
    http.server.ThreadingHTTPServer((address, int(port)), Chart).serve_forever()


main(*sys.argv[1:])
