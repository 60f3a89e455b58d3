/** The Pulumi program. {@code Main} lists the components of the stack. */
package mlopsprimer.infra;
