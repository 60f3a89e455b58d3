/** What the market did: tickers, daily prices, and the days on which it trades. */
package mlopsprimer.prices;
