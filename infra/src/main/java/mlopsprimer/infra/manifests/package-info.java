/** Writes the Kubernetes objects of a stack to files, without a cluster and without Pulumi. */
package mlopsprimer.infra.manifests;
