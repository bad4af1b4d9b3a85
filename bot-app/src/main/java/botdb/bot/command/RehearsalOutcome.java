package botdb.bot.command;

import botdb.migrations.Rehearsal;

/** What would become of a database. */
enum RehearsalOutcome {
  NOTHING_TO_APPLY,
  WOULD_BE_CREATED,
  WOULD_BE_MIGRATED,
  WOULD_FAIL;

  static RehearsalOutcome of(Rehearsal rehearsal, boolean isThere) {
    if (!rehearsal.wentThrough()) {
      return WOULD_FAIL;
    }
    if (rehearsal.steps().isEmpty()) {
      return NOTHING_TO_APPLY;
    }
    return isThere ? WOULD_BE_MIGRATED : WOULD_BE_CREATED;
  }
}
