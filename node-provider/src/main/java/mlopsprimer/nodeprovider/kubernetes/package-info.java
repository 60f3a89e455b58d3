/** Connections to the cluster's API server. */
package mlopsprimer.nodeprovider.kubernetes;
