package mlopsprimer.api.serving;

/** Is told what the {@link StorePoller} finds. */
interface PollListener {
  /** A change of the store could not be read. */
  void reloadFailed();

  /**
   * At least one ticker was read again. The poller calls this method once for all tickers that it
   * read in one pass, because a listener may need time for every ticker on the board.
   */
  void changed(Board board);
}
