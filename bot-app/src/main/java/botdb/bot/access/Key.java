package botdb.bot.access;

import botdb.bot.output.BotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that signs cookies: HMAC-SHA256, RFC 2104.
 *
 * <p>A signature for one purpose is none for another.
 */
public final class Key {
  private static final String SUFFIX = ".key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;
  private static final String OWNER_ONLY = "rw-------";

  private final SecretKeySpec secret;

  private Key(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * Returns the key beside a database, {@code users.db.key}; makes one, readable by its owner only,
   * where there is none.
   *
   * @throws BotException if it can neither be read nor made
   */
  public static Key beside(Path database) {
    Path file = database.resolveSibling(database.getFileName() + SUFFIX);
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      byte[] secret = Files.readAllBytes(file);
      if (secret.length == BYTES) {
        return new Key(secret);
      }
      throw new BotException(
          file + " is not the key of the cookies",
          "delete it: a new one is made, and every browser then begins a new conversation");
    } catch (IOException e) {
      throw new BotException(
          "the key of the cookies, " + file + ", can neither be read nor made",
          "let the user of this program read it, and write to its folder",
          e);
    }
  }

  /** Named only when it is whole and on its way to the disk. */
  private static void create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path folder = file.toAbsolutePath().getParent();
    Path whole;
    try {
      whole =
          Files.createTempFile(
              folder,
              file.getFileName() + ".",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    } catch (UnsupportedOperationException e) {
      whole = Files.createTempFile(folder, file.getFileName() + ".", ".new");
    }
    Files.write(whole, secret);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns the signature of a text, in letters that a cookie can carry. */
  String sign(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] bytes = (purpose + '\0' + text).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** Whether two secrets are the same, in a time that does not tell where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(sha256(one), sha256(other));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
