/**
 * The resource type Ownership, which keeps two stacks apart and removes what interrupted updates
 * left.
 */
package mlopsprimer.nodeprovider.ownership;
