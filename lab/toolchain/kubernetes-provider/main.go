// This program is Pulumi's Kubernetes resource provider. The provider's own main needs generated files
// that its Go module lacks: a schema and a Terraform mapping, which only code generators read.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	provider.Serve("kubernetes", version.Version, []byte("{}"), []byte("{}"))
}
