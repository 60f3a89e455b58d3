/** The settings of the stack, and the nodes that {@code vagrant up} lists in nodes.json. */
package mlopsprimer.infra.config;
