/** The node-provider: a Pulumi provider plugin. {@link Main} lists its resource types. */
package mlopsprimer.nodeprovider;
