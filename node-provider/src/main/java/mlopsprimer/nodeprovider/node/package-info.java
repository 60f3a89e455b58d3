/** The resource types of one node, reached over SSH: an imported image, and a directory. */
package mlopsprimer.nodeprovider.node;
