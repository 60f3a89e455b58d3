#!/usr/bin/env python3
"""Prints what the Python packages of calendars say. markets.py runs this program in their environment.

    market_calendars.py sessions CODE ZONE FIRST LAST   one session a line: day, start, end
    market_calendars.py days FIRST LAST                 the open days of every exchange: package, exchange, day
    market_calendars.py closes FIRST LAST               the closes of every exchange: exchange, day, end
"""

import sys
import warnings

import exchange_calendars
import pandas
import pandas_market_calendars

warnings.simplefilter("ignore")

# The exchanges of our table, and their names in both packages. pandas_market_calendars has only copies of
# exchange_calendars for some of them. XNSE has the days of XBOM.
EXCHANGES = {
    "XNYS": ("XNYS", "NYSE"), "XNAS": ("XNAS", "NASDAQ"), "XLON": ("XLON", "LSE"), "XETR": ("XETR", "XETR"),
    "XFRA": ("XFRA", "XFRA"), "XPAR": ("XPAR", "XPAR"), "XAMS": ("XAMS", "XAMS"), "XSWX": ("XSWX", "SIX"),
    "XMIL": ("XMIL", "XMIL"), "XTSE": ("XTSE", "TSX"), "XTKS": ("XTKS", "JPX"), "XHKG": ("XHKG", "HKEX"),
    "XASX": ("XASX", "ASX"), "XBOM": ("XBOM", "BSE"), "XNSE": ("XBOM", "NSE"), "XBKK": ("XBKK", "XBKK"),
    "XSAU": ("XSAU", "XSAU"), "XTAE": ("XTAE", "TASE"), "24/5": ("24/5", "24/5"), "24/7": ("24/7", "24/7"),
}  # fmt: skip

# The floor of Frankfurt trades until 22:00, as Yahoo says. Both packages have the close of Xetra for it.
XETRA_CLOSE, FLOOR_CLOSE = "17:30", "22:00"


def calendar(code, first, last):
    """Returns a calendar of exchange_calendars, for those of the days that it has."""
    factory = exchange_calendars.calendar_utils._default_calendar_factories
    kind = factory.get(code) or factory[exchange_calendars.resolve_alias(code)]
    first = max(pandas.Timestamp(first), kind.bound_min() or pandas.Timestamp(first))
    last = min(pandas.Timestamp(last), kind.bound_max() or pandas.Timestamp(last))
    return exchange_calendars.get_calendar(code, start=first, end=last)


def close_of(code, end):
    """Returns the end of a session that exchange_calendars ends at `end`."""
    local = end.tz_convert("Europe/Berlin")
    on_floor = code == "XFRA" and f"{local:%H:%M}" == XETRA_CLOSE
    return local.replace(hour=int(FLOOR_CLOSE[:2]), minute=int(FLOOR_CLOSE[3:])) if on_floor else end


def iso(time):
    return time.tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%SZ")


def sessions(code, zone, first, last):
    # Yahoo's session of a market that never closes is a day in Yahoo's zone, until 23:59.
    if code.startswith("24/"):
        for day in calendar(code, first, last).sessions:
            start = day.tz_localize(zone)
            print(day.date(), iso(start), iso(start + pandas.DateOffset(hours=23, minutes=59)))
    else:
        schedule = calendar(code, first, last).schedule
        for day, start, end in zip(schedule.index, schedule["open"], schedule["close"]):
            print(day.date(), iso(start), iso(close_of(code, end)))


def days(first, last):
    for exchange, (code, name) in EXCHANGES.items():
        for day in calendar(code, first, last).sessions:
            print("exchange_calendars", exchange, day.date())
        for day in pandas_market_calendars.get_calendar(name).valid_days(first, last, tz=None):
            print("pandas_market_calendars", exchange, day.date())


def closes(first, last):
    for exchange, (code, _) in EXCHANGES.items():
        for day, close in calendar(code, first, last).closes.items():
            print(exchange, day.date(), iso(close_of(code, close)))


{"sessions": sessions, "days": days, "closes": closes}[sys.argv[1]](*sys.argv[2:])
