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

/** A port of the loopback interface that leads to a server, and is refused while it is shut. */
final class Gate implements AutoCloseable {

  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket entrance;

  private Gate(int target, ServerSocket entrance) {
    this.target = target;
    this.entrance = entrance;
  }

  /** An open gate to the server of a url. */
  static Gate to(String url) throws IOException {
    Gate gate = new Gate(URI.create(url).getPort(), bound(0));
    gate.start("gate", gate::accept);
    return gate;
  }

  String url() {
    return "http://127.0.0.1:" + entrance.getLocalPort();
  }

  /** Refuses whoever comes, and throws out whoever is in. */
  void shut() throws IOException {
    entrance.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** Lets in again, at the same port. */
  void open() throws IOException {
    entrance = bound(entrance.getLocalPort());
    start("gate", this::accept);
  }

  @Override
  public void close() throws IOException {
    shut();
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
      start("gate-in", () -> pass(client, server));
      start("gate-out", () -> pass(server, client));
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

  private void start(String name, Work work) {
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
  }
}
