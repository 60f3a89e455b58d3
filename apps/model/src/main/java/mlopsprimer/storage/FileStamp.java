package mlopsprimer.storage;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mlopsprimer.contract.Sha256;

/**
 * What one stat of a file tells. A tag is made from it without reading the file, so that a listing
 * of 1,000 objects takes some milliseconds.
 *
 * <p>The tag consists of the inode's number, the time of its last change (ctime) and the size. A
 * program cannot set a ctime back, as it can a modification time: restoring, copying and editing a
 * file all change it. A put always makes a new inode, and a file system may give it the number of
 * an inode that was deleted before. The clock behind ctimes advances in ticks of some milliseconds.
 * Therefore {@link DirectoryStorage} lets a tick pass between two changes of one object: with that,
 * the ctimes of its inodes differ, and no tag comes back.
 *
 * <p>Windows has no ctime. The tag is the SHA-256 of the content there, and listings read every
 * file.
 *
 * @param changed ctime; the time of the last modification on Windows
 * @param size number of bytes
 */
record FileStamp(Kind kind, String tag, FileTime changed, long size) {
  enum Kind {
    FILE,
    DIRECTORY,
    OTHER
  }

  static final boolean HAS_CTIME =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  /** Looks at a file without following it if it is a link; the result is empty if there is none. */
  static Optional<FileStamp> of(Path file) throws IOException {
    try {
      return Optional.of(HAS_CTIME ? fromInode(file) : fromContent(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static FileStamp fromInode(Path file) throws IOException {
    Map<String, Object> inode =
        Files.readAttributes(
            file, "unix:ino,ctime,size,isRegularFile,isDirectory", LinkOption.NOFOLLOW_LINKS);
    FileTime changed = (FileTime) inode.get("ctime");
    long size = (Long) inode.get("size");
    return new FileStamp(
        kind((Boolean) inode.get("isRegularFile"), (Boolean) inode.get("isDirectory")),
        String.join(
            "-",
            Long.toHexString((Long) inode.get("ino")),
            Long.toHexString(changed.to(TimeUnit.NANOSECONDS)),
            Long.toHexString(size)),
        changed,
        size);
  }

  private static FileStamp fromContent(Path file) throws IOException {
    BasicFileAttributes basic =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new FileStamp(
        kind(basic.isRegularFile(), basic.isDirectory()),
        basic.isRegularFile() ? Sha256.hex(Files.readAllBytes(file)) : "",
        basic.lastModifiedTime(),
        basic.size());
  }

  private static Kind kind(boolean isFile, boolean isDirectory) {
    return isFile ? Kind.FILE : isDirectory ? Kind.DIRECTORY : Kind.OTHER;
  }
}
