// The Kubernetes resource provider of Pulumi. Its own main embeds generated files that its Go
// module does not carry: a schema and a Terraform mapping, which only code generators ask for.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	provider.Serve("kubernetes", version.Version, []byte("{}"), []byte("{}"))
}
