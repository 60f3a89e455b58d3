package mlopsprimer.contract;

/** Quotes text that a user wrote, for a message. */
final class Quote {
  private Quote() {}

  /**
   * The text in printable ASCII, cut to a length that fits in one line of a terminal.
   *
   * @param longest largest number of characters of the text that the quote has
   */
  static String of(String text, int longest) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= longest ? printable : printable.substring(0, longest) + "…";
  }
}
