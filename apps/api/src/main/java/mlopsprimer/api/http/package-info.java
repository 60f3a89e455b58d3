/** Replaces the defaults of Spark's Jetty server that are unsafe; knows nothing of models. */
package mlopsprimer.api.http;
