/**
 * The endpoints: each {@code …Routes} class lists its paths and answers them. To add an endpoint,
 * add a line to the list in one of these classes.
 */
package mlopsprimer.api.routes;
