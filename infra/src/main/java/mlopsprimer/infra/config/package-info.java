/** What the user can set for the stack, and what `vagrant up` wrote about the cluster. */
package mlopsprimer.infra.config;
