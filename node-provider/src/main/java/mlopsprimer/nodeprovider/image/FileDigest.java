package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import mlopsprimer.contract.Sha256;

/** Computes the SHA-256 of files of any size. */
final class FileDigest {
  private FileDigest() {}

  /** The SHA-256 of the file's content, in lower-case hex. */
  static String of(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
