package mlopsprimer.store;

import mlopsprimer.forest.DirectionModel;

/** A stored version whose bytes were checked against its manifest. */
public record ModelVersion(String id, Manifest manifest, DirectionModel model) {}
