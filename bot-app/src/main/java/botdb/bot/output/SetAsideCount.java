package botdb.bot.output;

/**
 * How many histories are set aside, in words.
 *
 * @param histories how many
 */
public record SetAsideCount(long histories) {

  /** Returns {@code 10 histories are set aside; set-aside list shows them}. */
  public String are() {
    return text(" is", " are");
  }

  /** Returns {@code 10 histories were set aside; set-aside list shows them}. */
  public String were() {
    return text(" was", " were");
  }

  private String text(String one, String many) {
    boolean single = histories == 1;
    return new StringBuilder()
        .append(histories)
        .append(single ? " history" : " histories")
        .append(single ? one : many)
        .append(" set aside; set-aside list shows ")
        .append(single ? "it" : "them")
        .toString();
  }
}
