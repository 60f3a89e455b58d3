/** The resource type Rollout, which waits until the newest pods of a Deployment are ready. */
package mlopsprimer.nodeprovider.rollout;
