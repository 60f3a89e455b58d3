/** The resource type Rollout: it waits until the newest pods of a Deployment serve, or fail. */
package mlopsprimer.nodeprovider.rollout;
