package botdb.it.postgres;

import java.util.concurrent.CountDownLatch;

/** A process with a server of its own, which only ends when it is killed. */
final class Starter {
  private Starter() {}

  public static void main(String[] arguments) throws InterruptedException {
    PostgresServer server = PostgresServer.start();
    System.out.println(server.port() + " " + server.folder());
    new CountDownLatch(1).await();
  }
}
