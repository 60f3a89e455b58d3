package mlopsprimer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import mlopsprimer.storage.Storage;

/**
 * The objects of one version in a listing. A version without a manifest is unfinished: its writer
 * still writes it, or was killed.
 *
 * @param names names of the objects, without the prefix of the version
 */
record VersionObjects(String version, List<String> names) {

  /** The versions of a ticker in a listing, newest first. Unfinished ones are among them. */
  static List<VersionObjects> of(Storage storage, ObjectKeys keys) {
    String prefix = keys.versions();
    NavigableMap<String, List<String>> names = new TreeMap<>();
    for (Storage.Listed object : storage.list(prefix)) {
      String[] rest = object.key().substring(prefix.length()).split("/", 2);
      if (rest.length == 2 && VersionId.isOne(rest[0])) {
        names.computeIfAbsent(rest[0], version -> new ArrayList<>()).add(rest[1]);
      }
    }
    return names.descendingMap().entrySet().stream()
        .map(entry -> new VersionObjects(entry.getKey(), entry.getValue()))
        .toList();
  }

  boolean isComplete() {
    return names.contains(ObjectKeys.MANIFEST);
  }
}
