package botdb.it.postgres;

import botdb.it.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to a server, which can be cut, held and made long while programs use it.
 *
 * <pre>{@code
 * try (Cable cable = Cable.to(server.port())) {
 *   Address database = server.freshDatabase().through(cable.port());
 *   cable.cut();
 *   cable.mend();
 * }
 * }</pre>
 */
public final class Cable implements AutoCloseable {
  private static final int LENGTH = 64 * 1024;

  private final int target;
  private final int port;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();

  // All under the lock of the gate.
  private ServerSocket listener;
  private Thread acceptor;
  private boolean held;
  private long allowance = Long.MAX_VALUE;
  private Duration delay = Duration.ZERO;

  private Cable(int target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
    this.port = listener.getLocalPort();
  }

  /** Lays a cable to a port of this machine. */
  public static Cable to(int port) throws IOException {
    Cable cable = new Cable(port, listen(Ports.free()));
    cable.acceptor = cable.accept(cable.listener);
    return cable;
  }

  /** Returns the port of its near end. */
  public int port() {
    return port;
  }

  /** Breaks every connection at once, as a reset; new ones are let through. */
  public void breakConnections() {
    ends.forEach(Cable::reset);
  }

  /** Breaks every connection, and refuses new ones. */
  public void cut() throws IOException {
    Thread last;
    synchronized (gate) {
      listener.close();
      last = acceptor;
    }
    // A socket that is waited on listens until the one who waits has left it, however closed it is.
    join(last);
    breakConnections();
  }

  /** Lets new connections through after {@link #cut}. */
  public void mend() throws IOException {
    synchronized (gate) {
      listener = listen(port);
      acceptor = accept(listener);
    }
  }

  /** Lets nothing through, and says so to nobody: connections stay, and new ones are accepted. */
  public void hold() {
    synchronized (gate) {
      held = true;
    }
  }

  /** Does so once that many more bytes have come through, whoever sends them. */
  public void holdAfter(long bytes) {
    synchronized (gate) {
      allowance = bytes;
    }
  }

  /** Lets through what was held, in its order. */
  public void release() {
    synchronized (gate) {
      held = false;
      allowance = Long.MAX_VALUE;
      gate.notifyAll();
    }
  }

  /** Makes all that is sent from now on take so much longer, in each direction. */
  public void delay(Duration longer) {
    synchronized (gate) {
      delay = longer;
    }
  }

  @Override
  public void close() throws IOException {
    cut();
    release();
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private Thread accept(ServerSocket from) {
    return begin(
        () -> {
          while (true) {
            connect(from.accept());
          }
        });
  }

  private void connect(Socket near) throws IOException {
    ends.add(near);
    Socket far = new Socket();
    ends.add(far);
    if (isCut()) {
      reset(near);
      return;
    }
    try {
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException e) {
      reset(near);
      return;
    }
    begin(() -> carry(near, far));
    begin(() -> carry(far, near));
  }

  /** What was accepted while the cable was being cut must not get through. */
  private boolean isCut() {
    synchronized (gate) {
      return listener.isClosed();
    }
  }

  private void carry(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[LENGTH];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        pass(length);
        out.write(piece, 0, length);
      }
    } finally {
      ends.remove(from);
      ends.remove(to);
    }
  }

  private void pass(int length) {
    Duration longer;
    synchronized (gate) {
      longer = delay;
    }
    try {
      Thread.sleep(longer.toMillis());
      synchronized (gate) {
        allowance -= length;
        held |= allowance < 0;
        while (held) {
          gate.wait();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // Its connection has just ended by itself.
      return;
    }
  }

  private interface Work {
    void go() throws IOException;
  }

  /** Runs until a socket is closed under it. */
  private static Thread begin(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.go();
              } catch (IOException e) {
                // The connection has ended, which is what a cable is for.
                return;
              }
            },
            "cable");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
