/**
 * The serving program: {@code StorePoller} follows the store, {@code Routes} answers from what it
 * found. Nothing here writes.
 */
package mlopsprimer.api;
