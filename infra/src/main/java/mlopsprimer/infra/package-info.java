/** The Pulumi program. {@code Main} lists what the stack consists of. */
package mlopsprimer.infra;
