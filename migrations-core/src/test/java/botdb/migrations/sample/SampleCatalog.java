package botdb.migrations.sample;

import botdb.migrations.MigrationCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The sample's migrations and snapshots. */
public final class SampleCatalog {
  private SampleCatalog() {}

  /** Returns the catalog. */
  public static MigrationCatalog migrations() {
    return MigrationCatalog.of(
        new UsersBaseline(),
        List.of(
            Migration001AddLanguageToUsers.class,
            Migration002CreateNotes.class,
            Migration003IndexNotes.class,
            Migration004RecordEditsOfNotes.class,
            Migration005CreateViewOfOpenNotes.class,
            Migration006RenameUsername.class,
            Migration007RebuildUsers.class,
            Migration008RebuildNotes.class,
            Migration009MoveLanguageToSettings.class,
            Migration010DropLanguage.class,
            Migration011MarkMessagesAsSeen.class));
  }

  /**
   * Returns the statements that create a version.
   *
   * @throws IllegalArgumentException if there is no snapshot of it
   */
  public static String snapshot(int version) {
    String resource = "%03d.sql".formatted(version);
    try (InputStream in = SampleCatalog.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no snapshot " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class UsersBaseline implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "users";
    }

    @Override
    public Set<String> columns() {
      return Set.of("history");
    }

    @Override
    public String sql() {
      return snapshot(0);
    }
  }
}
