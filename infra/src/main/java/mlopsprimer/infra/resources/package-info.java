/** The components of the stack. Each one creates the Kubernetes objects that belong together. */
package mlopsprimer.infra.resources;
