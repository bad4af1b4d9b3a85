package botdb.catalog.history;

/**
 * A history that was set aside, without its content.
 *
 * @param id its number in {@code set_aside}; a later one has a higher one
 * @param user the id of its user as text; where the table had no ids of users, what told its rows
 *     apart; {@code null} for a row without one
 * @param setAsideAt when, in UTC: {@code 2025-11-05 15:30:45}
 * @param migration the name of the migration that it stood in the way of
 * @param reason what is wrong with it, and where in the text
 * @param size how many bytes it has in the database
 */
public record SetAsideHistory(
    long id, String user, String setAsideAt, String migration, String reason, long size) {}
