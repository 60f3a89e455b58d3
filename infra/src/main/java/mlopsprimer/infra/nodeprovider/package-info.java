/** The resource types of the node-provider, as classes of the Pulumi SDK for Java. */
package mlopsprimer.infra.nodeprovider;
