package dev.plumbline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of the loopback interface that leads to a server, unless it is shut. */
final class Gate implements AutoCloseable {

  /** How a gate is shut. */
  enum Shut {
    /** Whoever comes is refused. */
    LOCKED,
    /** Whoever comes is let in, and nobody answers. */
    SILENT
  }

  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket entrance;
  private Thread porter = new Thread();

  private Gate(int target, ServerSocket entrance) {
    this.target = target;
    this.entrance = entrance;
  }

  /** An open gate to the server of a url. */
  static Gate to(String url) throws IOException {
    Gate gate = new Gate(URI.create(url).getPort(), bound(0));
    gate.porter = start("gate", gate::accept);
    return gate;
  }

  String url() {
    return "http://127.0.0.1:" + entrance.getLocalPort();
  }

  /** Throws out whoever is in. */
  void shut(Shut how) throws IOException {
    close();
    if (how == Shut.SILENT) {
      entrance = bound(entrance.getLocalPort());
      porter = start("gate", this::hold);
    }
  }

  /** Leads to the server again, at the same port. */
  void open() throws IOException {
    close();
    entrance = bound(entrance.getLocalPort());
    porter = start("gate", this::accept);
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    try {
      // Until whoever waits in accept has woken up, the port stays in use.
      porter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private void accept() throws IOException {
    ServerSocket open = entrance;
    while (true) {
      Socket client = open.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(client);
      sockets.add(server);
      if (open.isClosed()) {
        client.close();
        server.close();
      }
      var unusedIn = start("gate-in", () -> pass(client, server));
      var unusedOut = start("gate-out", () -> pass(server, client));
    }
  }

  private void hold() throws IOException {
    ServerSocket silent = entrance;
    while (true) {
      sockets.add(silent.accept());
    }
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream bytes = from.getInputStream();
      OutputStream out = to.getOutputStream();
      bytes.transferTo(out);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static Thread start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException shut) {
                // Whoever was in has been thrown out.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
