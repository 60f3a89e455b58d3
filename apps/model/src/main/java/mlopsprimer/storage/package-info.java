/**
 * Named objects with tags, on a directory and on S3. The model store is written on this interface.
 */
package mlopsprimer.storage;
