#!/usr/bin/env python3
"""Answers as Yahoo Finance's chart endpoint does, with real daily prices of the years 1999 to 2018.

chart-server.py ADDRESS PORT DIRECTORY CONTROL

DIRECTORY holds sp500.csv.gz and nasdaq.csv.gz. DIA, IWM, EFA, EEM and VTI, for tests that need many
symbols, have the prices of the Nasdaq. VOD.L and BTC-USD have the prices of the Nasdaq on the days of
their own markets: London's sessions, and every day. CONTROL is a file that may appear and change at any
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
from typing import NamedTuple

FILES = {"^GSPC": "sp500.csv.gz", "^IXIC": "nasdaq.csv.gz", "VOD.L": "nasdaq.csv.gz", "BTC-USD": "nasdaq.csv.gz"}
FILES |= dict.fromkeys(("DIA", "IWM", "EFA", "EEM", "VTI"), "nasdaq.csv.gz")
COLUMNS = ("Open", "High", "Low", "Close", "Volume")


class Market(NamedTuple):
    zone: str
    exchange: str  # Yahoo's exchangeName
    currency: str
    opens: datetime.time = datetime.time(9, 30)
    closes: datetime.time = datetime.time(16, 0)


NEW_YORK = Market("America/New_York", "SNP", "USD")
MARKETS = {
    "^IXIC": Market("America/New_York", "NIM", "USD"),
    "VOD.L": Market("Europe/London", "LSE", "GBp", datetime.time(8, 0), datetime.time(16, 30)),
    "BTC-USD": Market("UTC", "CCC", "USD", datetime.time(0, 0), datetime.time(23, 59)),
}

# The holidays of London in the newest years of the prices. The trainer reads five years.
LONDON_HOLIDAYS = {
    datetime.date.fromisoformat(day)
    for day in (
        "2013-01-01 2013-03-29 2013-04-01 2013-05-06 2013-05-27 2013-08-26 2013-12-25 2013-12-26 "
        "2014-01-01 2014-04-18 2014-04-21 2014-05-05 2014-05-26 2014-08-25 2014-12-25 2014-12-26 "
        "2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28 "
        "2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27 "
        "2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26 "
        "2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26"
    ).split()
}

Row = tuple[datetime.date, list[float], float]


def market(symbol: str) -> Market:
    return MARKETS.get(symbol, NEW_YORK)


def at(symbol: str, day: datetime.date, time: datetime.time) -> int:
    return int(datetime.datetime.combine(day, time, zoneinfo.ZoneInfo(market(symbol).zone)).timestamp())


def read(file: Path) -> list[Row]:
    """Returns, for every day: the day, the values of COLUMNS, the adjusted close."""
    with gzip.open(file, "rt", newline="") as lines:
        return [
            (
                datetime.datetime.strptime(row["Date"], "%m/%d/%Y").date(),
                [float(row[column]) for column in COLUMNS],
                float(row["Adj Close"]),
            )
            for row in csv.DictReader(lines)
        ]


def relabel(symbol: str, rows: list[Row]) -> list[Row]:
    """Gives the rows the days of the symbol's market, counted back from the newest row's day."""
    if market(symbol).zone == NEW_YORK.zone:
        return rows
    days = []
    day = rows[-1][0]
    while len(days) < len(rows):
        if symbol == "BTC-USD" or (day.weekday() < 5 and day not in LONDON_HOLIDAYS):
            days.append(day)
        day -= datetime.timedelta(days=1)
    return [(day, values, adjusted) for day, (_, values, adjusted) in zip(reversed(days), rows)]


class Chart(http.server.BaseHTTPRequestHandler):
    prices: dict[str, list[Row]] = {}
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
            opens = market(symbol).opens
            asked = [row for row in rows if first <= at(symbol, row[0], opens) < last]
            self.answer(200, "application/json", chart(symbol, asked))

    def answer(self, status: int, kind: str, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def chart(symbol: str, rows: list[Row]) -> str:
    where = market(symbol)
    today = datetime.datetime.now(zoneinfo.ZoneInfo(where.zone)).date()
    quote = {name.lower(): [row[1][i] for row in rows] for i, name in enumerate(COLUMNS)}
    session = {"start": at(symbol, today, where.opens), "end": at(symbol, today, where.closes)}
    result = {
        "meta": {
            "symbol": symbol,
            "currency": where.currency,
            "exchangeName": where.exchange,
            "exchangeTimezoneName": where.zone,
            "dataGranularity": "1d",
            "currentTradingPeriod": {"regular": session},
        },
        "timestamp": [at(symbol, row[0], where.opens) for row in rows],
        "indicators": {"quote": [quote], "adjclose": [{"adjclose": [row[2] for row in rows]}]},
    }
    return json.dumps({"chart": {"result": [result], "error": None}})


def main(address: str, port: str, directory: str, control: str) -> None:
    Chart.prices = {symbol: relabel(symbol, read(Path(directory) / file)) for symbol, file in FILES.items()}
    Chart.control = Path(control)
    http.server.ThreadingHTTPServer((address, int(port)), Chart).serve_forever()


main(*sys.argv[1:])
