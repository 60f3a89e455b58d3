#!/usr/bin/env python3
"""Makes the table of exchanges: contract/src/main/resources/mlopsprimer/contract/exchanges.txt.

Sessions and closes are facts of the Python package exchange_calendars, except for the closes in CLOSES below.
Yahoo's names of exchanges and the suffixes of its symbols are in the list MARKETS below. The versions of the packages are pinned in
requirements.txt. pandas stays below 3, because exchange_calendars 4.13.2 loses the weekdays of Tel Aviv with
pandas 3.
"""

import datetime
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import exchange_calendars
import pandas

TABLE = Path(__file__).parents[2] / "contract/src/main/resources/mlopsprimer/contract/exchanges.txt"
FIRST, LAST = pandas.Timestamp("1990-01-01"), pandas.Timestamp("2035-12-31")


NAMES = ("yahoo", "suffix", "index")


class Market(NamedTuple):
    code: str
    name: str
    yahoo: str = ""  # Yahoo's exchangeName
    suffixes: str = ""  # ends of Yahoo's symbols
    indices: str = ""  # whole symbols of indices
    like: str = ""  # code in exchange_calendars, if it is another one
    weekday_closes: dict[int, str] = {}  # ISO weekday: close, if it differs from the other weekdays
    last: str = str(LAST.date())  # last day whose holidays exchange_calendars lists


MARKETS = [
    Market("XNYS", "New York", "NYQ NYS ASE PCX BTS CXI NAE OEM OQB OQX PNK SNP DJI"),
    Market("XNAS", "Nasdaq", "NMS NGM NCM NAS NIM", like="XNYS"),
    Market("XLON", "London", "LSE IOB AQS CXE FGI", ".L .IL", "^FTSE ^FTMC ^FTAS ^FTLC"),
    Market("XETR", "Frankfurt, Xetra", "GER", ".DE", "^GDAXI ^MDAXI ^SDAXI ^TECDAX ^STOXX50E ^STOXX"),
    Market("XFRA", "Frankfurt", "FRA BER DUS HAM MUN STU", ".F .BE .DU .HM .MU .SG"),
    Market("XPAR", "Paris", "PAR", ".PA", "^FCHI ^SBF120"),
    Market("XAMS", "Amsterdam", "AMS", ".AS", "^AEX ^AMX"),
    Market("XSWX", "Zurich", "EBS VTX", ".SW", "^SSMI"),
    Market("XMIL", "Milan", "MIL", ".MI"),
    Market("XTSE", "Toronto", "TOR VAN NEO CNQ", ".TO .V .NE .CN", "^GSPTSE"),
    Market("XTKS", "Tokyo", "JPX OSA", ".T", "^N225"),
    Market("XHKG", "Hong Kong", "HKG", ".HK", "^HSI ^HSCE"),
    Market("XASX", "Sydney", "ASX CXA", ".AX .XA", "^AXJO ^AORD"),
    Market("XBOM", "Mumbai, BSE", "BSE", ".BO", "^BSESN"),
    Market("XNSE", "Mumbai, NSE", "NSI", ".NS", "^NSEI ^NSEBANK", like="XBOM"),
    Market("XBKK", "Bangkok", "SET", ".BK", last="2029-12-31"),
    Market("XSAU", "Riyadh", "SAU", ".SR .SAU"),
    Market("XTAE", "Tel Aviv", "TLV", ".TA", weekday_closes={5: "13:50", 7: "15:40"}),
]

# Usual closes that take the place of those of exchange_calendars, because Yahoo's regular session ends later.
# Early closes stay as they are. The nightly training starts 90 minutes after the close, so a close that differs
# by a few minutes, such as that of a closing auction, needs no line here.
CLOSES = {
    # exchange_calendars has the close of Xetra. The floor trades shares from 8:00 to 22:00 (Xetra circular 057/21 of
    # 2021-08-03, "Extension of trading hours on Börse Frankfurt (MIC: XFRA)"). The regional exchanges end then
    # too, and Yahoo's regular session of .F symbols is from 8:00 to 22:00.
    "XFRA": "22:00",
}

# Markets without a calendar of holidays. Yahoo's day of a currency is a day in London, and that of a
# cryptocurrency is a UTC day. The exchanges that this table lacks have the calendar "weekdays".
WITHOUT_HOLIDAYS = """
exchange 24/5 currencies
zone Europe/London
floating
weekdays 12345
close 24:00
yahoo CCY
suffix =X

exchange 24/7 cryptocurrencies
zone UTC
floating
weekdays 1234567
close 24:00
yahoo CCC
suffix -USD -EUR -GBP -JPY -CAD -AUD -CHF -CNY -INR -KRW -BRL -TRY -BTC -ETH -USDT -USDC

exchange weekdays an exchange that this table lacks
zone America/New_York
floating
weekdays 12345
close 24:00
suffix =F
"""


def at(values, day):
    """The value of a day, from pairs of a first day, or None, and a value, in the order of time."""
    return [value for start, value in values if start is None or start <= day][-1]


def year_lines(word, days):
    for year, of_year in groupby(sorted(days), lambda day: day.year):
        yield f"{word} {year} " + " ".join(f"{day:%m%d}" for day in of_year)


def weekday_masks(calendar):
    """Yields pairs: the first day of a mask, or None, and its open weekdays, such as 12345."""

    def digits(mask):
        return "".join(str(i + 1) for i in range(7) if mask[i] == "1")

    # A mask of a single week adds a session on a Saturday. The line "open" has that session.
    lasting = [mask for mask in getattr(calendar, "special_weekmasks", []) if mask[0] is None]
    start = None
    for _, end, mask in lasting:
        yield start, digits(mask)
        start = (end + pandas.Timedelta(days=1)).date()
    yield start, digits(calendar.weekmask)


def facts(market):
    """Yields the lines of one exchange."""
    code = market.like or market.code
    factory = exchange_calendars.calendar_utils._default_calendar_factories[code]
    first = max(FIRST, factory.bound_min() or FIRST)
    last = min(pandas.Timestamp(market.last), factory.bound_max() or LAST)
    calendar = exchange_calendars.get_calendar(code, start=first, end=last)
    zone = str(calendar.tz)
    yield f"exchange {market.code} {market.name}"
    yield f"zone {zone}"
    yield f"known {first.date()} {last.date()}"
    masks = list(weekday_masks(calendar))
    for start, digits in masks:
        yield f"weekdays {digits}" + (f" from {start}" if start else "")
    published = [(start.date() if start else None, f"{close:%H:%M}") for start, close in calendar.close_times]
    closes = [(None, CLOSES[market.code])] if market.code in CLOSES else published
    for start, close in closes:
        yield f"close {close}" + (f" from {start}" if start else "")
    for weekday, close in market.weekday_closes.items():
        yield f"close {close} on {weekday}"

    sessions = {session.date(): close.tz_convert(zone) for session, close in calendar.closes.items()}
    closed, extra, early = [], [], {}
    for day in pandas.date_range(first, last):
        day = day.date()
        usual = str(day.isoweekday()) in at(masks, day)
        if usual != (day in sessions):
            (closed if usual else extra).append(day)
        if day in sessions:
            expected = market.weekday_closes.get(day.isoweekday()) or at(published, day)
            actual = f"{sessions[day]:%H:%M}"
            if sessions[day].date() != day:
                sys.exit(f"{code}: the session of {day} ends on another day")
            if actual != expected:
                early.setdefault(actual, []).append(day)
    yield from year_lines("closed", closed)
    yield from year_lines("open", extra)
    for close in sorted(early):
        yield from year_lines(f"early {close}", early[close])
    for word, text in zip(NAMES, (market.yahoo, market.suffixes, market.indices)):
        if text:
            yield f"{word} {text}"


def main():
    head = (
        f"# The table of exchanges. Made by scripts/exchanges/make-exchanges.py from exchange_calendars {exchange_calendars.__version__};\n"
        "# change the script instead of this file. Class Exchanges explains the lines.\n"
    )
    blocks = ["\n".join(facts(market)) + "\n" for market in MARKETS]
    TABLE.write_text(head + "\n" + "\n".join(blocks) + WITHOUT_HOLIDAYS)
    names = Counter()
    for line in TABLE.read_text().splitlines():
        if line.split(" ")[0] in NAMES:
            names.update(line.split(" ")[1:])
    repeated = [name for name, count in names.items() if count > 1]
    if repeated:
        sys.exit(f"names of two exchanges: {repeated}")


main()
