/**
 * The settings, tickers, exit codes, ports and paths that the Pulumi program and both apps share.
 * This package uses only the JDK, and every other module may use this package.
 */
package mlopsprimer.contract;
