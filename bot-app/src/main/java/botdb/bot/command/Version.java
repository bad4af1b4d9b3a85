package botdb.bot.command;

import picocli.CommandLine;

/** The version that the jar says it has. */
final class Version implements CommandLine.IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {version == null ? "built from classes, without a version" : version};
  }
}
