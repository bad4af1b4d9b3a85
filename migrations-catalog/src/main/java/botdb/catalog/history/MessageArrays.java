package botdb.catalog.history;

import botdb.catalog.json.CellEncoding;
import botdb.migrations.cells.CellArrays;
import botdb.migrations.cells.Cells;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Histories as arrays of messages, for a database to append to. */
final class MessageArrays implements CellArrays.Text {

  @Override
  public byte[] utf8(Cells.Cell cell) {
    return cell.charset() == null
        ? cell.bytes()
        : CellEncoding.of(cell.charset()).toUtf8(cell.bytes());
  }

  @Override
  public int count(byte[] text) {
    return MessageTexts.of(text).count();
  }

  @Override
  public byte[] append(byte[] text, String element) {
    return MessageTexts.of(text).with(element);
  }

  @Override
  public byte @Nullable [] replace(byte[] text, String old, String replacement) {
    MessageTexts texts = MessageTexts.of(text);
    List<String> messages = new ArrayList<>(texts.count());
    for (int i = 0; i < texts.count(); i++) {
      messages.add(texts.text(i));
    }
    return Collections.replaceAll(messages, old, replacement)
        ? ("[" + String.join(", ", messages) + "]").getBytes(StandardCharsets.UTF_8)
        : null;
  }
}
