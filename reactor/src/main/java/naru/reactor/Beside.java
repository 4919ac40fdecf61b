package naru.reactor;

import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work that may wait, on threads of its own beside the reactor: it shares nothing with it, and
/// asks it for what is to be done there, one thing at a time.
///
/// What is asked for is done at the end of a turn, never while a procedure runs.
public final class Beside {
  private final Reactor reactor;
  private final ArrayDeque<Runnable> asked = new ArrayDeque<>();

  public Beside(Reactor reactor) {
    this.reactor = reactor;
    reactor.eachTurn(this::answer);
  }

  private void answer() {
    for (int left = asked.size(); left > 0 && !reactor.isClosed(); left--) {
      asked.remove().run();
    }
  }

  /// What runs on the other thread.
  public interface Work {
    /// Runs until it is done, or throws [Stopped].
    void run(Asker asker);
  }

  /// The work was stopped.
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped(Throwable cause) {
      super("stopped", cause);
    }
  }

  /// How the other thread reaches the reactor.
  public interface Asker {
    /// Has the reactor do something; returns what came of it. Throws [Stopped].
    <T> T ask(Supplier<T> question);

    /// Waits. Throws [Stopped].
    void pause(long ms);
  }

  /// Work that has begun.
  public static final class Running {
    private @Nullable Thread thread;
    private boolean stopped;

    private Running() {}

    /// Ends it: what it waits for it waits for no longer, and nothing that it asks for is done any
    /// more. On the reactor's thread.
    public void stop() {
      stopped = true;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /// Begins a piece of work.
  public Running begin(String name, Work work) {
    Running running = new Running();
    Channel channel = new Channel(running);
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    work.run(channel);
                  } catch (Stopped _) {
                    // It was told to.
                  }
                });
    running.thread = thread;
    thread.start();
    return running;
  }

  private final class Channel implements Asker {
    private final Running running;

    Channel(Running running) {
      this.running = running;
    }

    @Override
    public <T> T ask(Supplier<T> question) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      reactor.inbox().accept(() -> asked.add(() -> settle(question, answer)));
      try {
        return answer.get();
      } catch (InterruptedException interrupted) {
        throw new Stopped(interrupted);
      } catch (ExecutionException | CancellationException failed) {
        throw new Stopped(failed);
      }
    }

    private <T> void settle(Supplier<T> question, CompletableFuture<T> answer) {
      if (running.stopped) {
        answer.cancel(false);
        return;
      }
      try {
        answer.complete(question.get());
      } catch (RuntimeException bug) {
        answer.completeExceptionally(bug);
        throw bug;
      }
    }

    @Override
    public void pause(long ms) {
      try {
        // To wait is what this thread is there for.
        Thread.sleep(ms);
      } catch (InterruptedException interrupted) {
        throw new Stopped(interrupted);
      }
    }
  }
}
