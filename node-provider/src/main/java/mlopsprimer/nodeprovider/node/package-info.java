/** The resource types NodeImport and NodeDirectory, which work on the nodes over SSH. */
package mlopsprimer.nodeprovider.node;
