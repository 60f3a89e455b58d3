/** The resource type Image. Maven builds an app's jar, and Jib builds its container image. */
package mlopsprimer.nodeprovider.image;
