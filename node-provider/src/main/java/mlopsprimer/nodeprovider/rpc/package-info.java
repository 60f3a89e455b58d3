/**
 * Pulumi's provider protocol: gRPC calls in, calls of typed {@link ResourceType}s out. This package
 * knows no resource type.
 */
package mlopsprimer.nodeprovider.rpc;
