/** The node-provider, which is a Pulumi provider plugin. {@link Main} lists its resource types. */
package mlopsprimer.nodeprovider;
