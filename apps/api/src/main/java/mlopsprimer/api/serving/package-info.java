/** Follows the model store and holds the forecast of every ticker; never writes to the store. */
package mlopsprimer.api.serving;
