package mlopsprimer.store;

/**
 * Tags of the two objects of a ticker that a reader follows. At least one of them changes with
 * every change of what is served.
 *
 * @param champion tag of the champion pointer; null if there is none
 * @param latest tag of the newest feature rows; null if there are none
 */
public record PointerTags(String champion, String latest) {
  /** Tags of a ticker that the store does not have. */
  public static final PointerTags NONE = new PointerTags(null, null);

  PointerTags withChampion(String tag) {
    return new PointerTags(tag, latest);
  }

  PointerTags withLatest(String tag) {
    return new PointerTags(champion, tag);
  }
}
