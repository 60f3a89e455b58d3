/**
 * Pulumi's provider protocol. This package turns gRPC calls into calls to a {@link ResourceType},
 * and does not depend on a particular one.
 */
package mlopsprimer.nodeprovider.rpc;
