package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresAddressTests {

  private static PostgresAddress parse(String address) {
    return PostgresAddress.parse(address, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://db/bot, postgres://db/bot, jdbc:postgresql://db:5432/bot",
    "postgresql://db:6432/bot, postgres://db:6432/bot, jdbc:postgresql://db:6432/bot",
    "jdbc:postgresql://db/bot?user=anna, postgres://db/bot, jdbc:postgresql://db:5432/bot",
    "postgres://anna:secret@db/bot?sslmode=require, postgres://db/bot, jdbc:postgresql://db:5432/bot",
    "postgres://[::1]:5433/bot, postgres://[::1]:5433/bot, jdbc:postgresql://[::1]:5433/bot",
  })
  void every_form_names_host_port_and_database(String address, String name, String url) {
    assertThat(parse(address).name()).isEqualTo(name);
    assertThat(parse(address).url()).isEqualTo(url);
    assertThat(parse(address).database()).isEqualTo("bot");
  }

  @Test
  void user_password_and_settings_go_to_the_driver_and_nowhere_else() {
    PostgresAddress address = parse("postgres://anna:a%2Fb+c@db/bot?sslmode=require&ssl=");
    assertThat(address.properties())
        .containsOnly(
            Map.entry("user", "anna"),
            Map.entry("password", "a/b+c"),
            Map.entry("sslmode", "require"),
            Map.entry("ssl", ""));
    assertThat(address.toString()).isEqualTo("postgres://db/bot");
  }

  @Test
  void what_the_address_does_not_say_the_environment_does() {
    Map<String, String> environment = Map.of("PGUSER", "anna", "PGPASSWORD", "secret");
    assertThat(PostgresAddress.parse("postgres://db/bot", environment).properties())
        .containsOnly(Map.entry("user", "anna"), Map.entry("password", "secret"));
    assertThat(PostgresAddress.parse("postgres://bob:own@db/bot", environment).properties())
        .containsOnly(Map.entry("user", "bob"), Map.entry("password", "own"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres:bot",
        "postgres://",
        "postgres://db",
        "postgres://db/",
        "postgres:///bot",
        "postgres://anna:se cret@db/bot",
        "postgres://anna:secret%ZZ@db/bot",
        "jdbc:postgresql:bot",
      })
  void what_lacks_host_or_database_is_refused_without_a_word_of_it(String address) {
    assertThatThrownBy(() -> parse(address))
        .isInstanceOf(MigrationException.UnusablePath.class)
        .hasMessageContaining("postgres://user@host:5432/database")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users.db", "postgres.db", "data/postgres", "jdbc:sqlite:users.db"})
  void a_file_is_none(String address) {
    assertThat(Database.isOnServer(address)).isFalse();
  }
}
