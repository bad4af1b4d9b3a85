package botdb.bot.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that are slower than any honest client: whose next request has not arrived in
 * time up to the end of its head, then up to the end of its body, or whose answer takes longer than
 * any should.
 *
 * <p>The server's own time-out is for connections on which nothing happens; a byte now and then
 * would keep one open for ever.
 */
final class SlowClients implements Connection.Listener, HttpConfiguration.Customizer {
  private final Scheduler scheduler;
  private final Limits limits;
  private final Map<Connection, Scheduler.Task> deadlines = new ConcurrentHashMap<>();

  SlowClients(Scheduler scheduler, Limits limits) {
    this.scheduler = scheduler;
    this.limits = limits;
  }

  @Override
  public void onOpened(Connection connection) {
    closeIn(limits.head(), connection);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    Connection connection = request.getConnectionMetaData().getConnection();
    boolean hasBody =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    closeIn(hasBody ? limits.body() : limits.answer(), connection);
    Request.addCompletionListener(request, failure -> closeIn(limits.head(), connection));
    return new Read(request, connection);
  }

  /** Notices the end of the body. */
  private final class Read extends Request.Wrapper {
    private final Connection connection;

    Read(Request request, Connection connection) {
      super(request);
      this.connection = connection;
    }

    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null && chunk.isLast()) {
        closeIn(limits.answer(), connection);
      }
      return chunk;
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Scheduler.Task deadline = deadlines.remove(connection);
    if (deadline != null) {
      deadline.cancel();
    }
  }

  private void closeIn(Duration time, Connection connection) {
    Scheduler.Task deadline =
        scheduler.schedule(
            () -> connection.getEndPoint().close(), time.toMillis(), TimeUnit.MILLISECONDS);
    Scheduler.Task earlier = deadlines.put(connection, deadline);
    if (earlier != null) {
      earlier.cancel();
    }
    if (!connection.getEndPoint().isOpen()) {
      onClosed(connection);
    }
  }
}
