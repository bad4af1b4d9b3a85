package botdb.catalog.history;

import botdb.catalog.Message;
import botdb.migrations.cells.CellArrays.Stretch;

/** The messages of a history, or of a stretch of it, wherever they are kept. */
final class Stored {
  private final MessageTexts inCell;
  private final int appendedFrom;
  private final MessageTexts appended;
  private final int total;

  private Stored(MessageTexts inCell, int appendedFrom, MessageTexts appended, int total) {
    this.inCell = inCell;
    this.appendedFrom = appendedFrom;
    this.appended = appended;
    this.total = total;
  }

  /**
   * Finds the messages of a stretch.
   *
   * @throws botdb.catalog.json.JsonFault if a text is no JSON array of objects
   */
  static Stored of(Stretch stretch) {
    MessageTexts inCell = MessageTexts.of(stretch.cell() == null ? new byte[0] : stretch.cell());
    if (stretch.inCell() < 0) {
      return new Stored(inCell, inCell.count(), MessageTexts.of(new byte[0]), inCell.count());
    }
    MessageTexts appended = MessageTexts.of(stretch.appended());
    return new Stored(inCell, stretch.first(), appended, stretch.total());
  }

  int total() {
    return total;
  }

  Message message(int position) {
    return Message.parse(
        position < appendedFrom ? inCell.text(position) : appended.text(position - appendedFrom));
  }
}
