/** The resource types of the node-provider, as classes for the Pulumi program. */
package mlopsprimer.infra.nodeprovider;
