/**
 * What the Pulumi program and both apps must agree on, each thing stated once. This package uses
 * the JDK alone, and everything else may use this package.
 */
package mlopsprimer.contract;
