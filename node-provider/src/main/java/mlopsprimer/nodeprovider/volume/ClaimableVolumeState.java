package mlopsprimer.nodeprovider.volume;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of a volume that one claim may bind. */
record ClaimableVolumeState(
    ClaimableVolumeArgs args,
    @Property(
            "Uid of the last claim that was lost, or none. A claim whose specification contains this text is created again when its predecessor was lost.")
        String lost,
    @Property("Whether the volume is bound to a claim that was deleted or is being deleted.")
        Boolean released) {
  static final String NONE = "none";
}
