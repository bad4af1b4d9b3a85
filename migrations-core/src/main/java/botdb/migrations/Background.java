package botdb.migrations;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work on a thread of its own, which the program does not wait for at its end. */
final class Background<T> {
  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Background<T> run(String thread, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread started = new Thread(task, thread);
    started.setDaemon(true);
    started.start();
    return new Background<>(task);
  }

  /**
   * Waits for what comes of it.
   *
   * @throws IOException if it failed, or whoever waits is interrupted
   */
  T await() throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another thread was at work");
    }
  }

  /** Waits until it does nothing any more, whatever comes of it, and also when interrupted. */
  void end() {
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        task.get();
      } catch (ExecutionException e) {
        break; // it has ended by that
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
