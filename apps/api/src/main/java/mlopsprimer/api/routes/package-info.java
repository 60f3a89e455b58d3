/**
 * The endpoints: each {@code …Routes} class lists its paths and answers them. A new endpoint is one
 * line in the list of the class it belongs to.
 */
package mlopsprimer.api.routes;
