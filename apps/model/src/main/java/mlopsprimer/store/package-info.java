/**
 * The model store: immutable versions, the champion pointer, the newest feature rows, and the
 * prediction log.
 */
package mlopsprimer.store;
