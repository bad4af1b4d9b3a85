package botdb.bot.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizesTests {

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "-4096, -4.1 kB",
    "12345678, 12.3 MB",
    "5000000000, 5.0 GB",
    "9223372036854775807, 9223372.0 TB"
  })
  void are_shown_in_the_unit_that_fits(long bytes, String shown) {
    assertThat(Sizes.of(bytes)).isEqualTo(shown);
  }
}
