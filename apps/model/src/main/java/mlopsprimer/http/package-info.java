/** What the clients of HTTP servers have in common. */
package mlopsprimer.http;
