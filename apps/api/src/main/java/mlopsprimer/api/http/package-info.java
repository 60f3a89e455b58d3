/**
 * The HTTP server: a Jetty for Spark with limits in place of unsafe defaults. This package does not
 * use models.
 */
package mlopsprimer.api.http;
