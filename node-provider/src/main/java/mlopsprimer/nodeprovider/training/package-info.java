/** Resource types that wait for a training Job, and report which tickers it did not train. */
package mlopsprimer.nodeprovider.training;
