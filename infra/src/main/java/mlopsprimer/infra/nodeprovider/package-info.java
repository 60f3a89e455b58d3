/** The resource types of node-provider, as the Pulumi SDK for Java sees them. */
package mlopsprimer.infra.nodeprovider;
