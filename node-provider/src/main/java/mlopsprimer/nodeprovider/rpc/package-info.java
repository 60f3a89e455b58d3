/**
 * Pulumi's provider protocol. This package turns gRPC calls into calls of a {@link ResourceType},
 * and it depends on no particular resource type.
 */
package mlopsprimer.nodeprovider.rpc;
