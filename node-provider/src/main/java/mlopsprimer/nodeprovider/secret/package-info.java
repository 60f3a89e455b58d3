/** The resource type Credentials, which are random and made once. */
package mlopsprimer.nodeprovider.secret;
