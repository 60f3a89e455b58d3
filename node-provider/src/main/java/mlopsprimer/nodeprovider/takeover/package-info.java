/** The rule for what a stack may use although another stack, or nobody, has marked it. */
package mlopsprimer.nodeprovider.takeover;
