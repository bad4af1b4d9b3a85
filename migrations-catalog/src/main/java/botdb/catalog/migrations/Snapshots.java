package botdb.catalog.migrations;

/** The whole schema after each migration, as SQL; version 000 is the baseline. */
public final class Snapshots {
  private Snapshots() {}

  /**
   * Returns the statements that create a version.
   *
   * @param version the number of the last migration in it
   * @throws IllegalArgumentException if there is no snapshot of that number: what compares with one
   *     must not take none for an empty one
   */
  public static String sql(int version) {
    String sql = Resource.text("/botdb/catalog/schema/%03d.sql".formatted(version));
    if (sql == null) {
      throw new IllegalArgumentException(
          "there is no snapshot %03d.sql; each migration needs one".formatted(version));
    }
    return sql;
  }
}
