/**
 * Follows the model store and holds the forecast of every ticker. This package never writes to the
 * store.
 */
package mlopsprimer.api.serving;
