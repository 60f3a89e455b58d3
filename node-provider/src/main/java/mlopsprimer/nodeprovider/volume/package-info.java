/** The resource type ClaimableVolume, which lets a new claim bind a volume whose claim was lost. */
package mlopsprimer.nodeprovider.volume;
