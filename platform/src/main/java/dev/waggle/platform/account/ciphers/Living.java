package dev.waggle.platform.account.ciphers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// The ciphers of one kind that are alive, by whom they are for. Everything here happens in their parent's thread.
///
/// When more are alive than agreed, the one that was asked longest ago is told to retire: it stores what it holds
/// and ends, or says that it has work and stays. What is asked of it meanwhile waits here, and goes to the same one
/// or to its successor. So the limit may be passed, by as many as have work at the moment.
final class Living<K, C> {
    /// What the parent has to do for it.
    ///
    /// @param spawn makes the cipher of that key with that number, and keeps an eye on it
    /// @param retire tells a cipher to retire; it completes the promise with true when it has ended
    /// @param retired has the parent call [Living#retired]
    record Care<K, C>(Spawn<K, C> spawn, Function<CompletableFuture<Boolean>, C> retire, Answer<K> retired) {}

    interface Spawn<K, C> {
        ActorRef<C> spawn(K key, int number);
    }

    interface Answer<K> {
        void await(K key, CompletableFuture<Boolean> promise);
    }

    private final class Cipher {
        final int number;
        final ActorRef<C> ref;
        final List<C> held = new ArrayList<>();
        boolean retiring;
        long asked;

        Cipher(int number, ActorRef<C> ref) {
            this.number = number;
            this.ref = ref;
        }
    }

    private final int max;
    private final IntSupplier numbers;
    private final Care<K, C> care;
    /// The one that was asked longest ago first.
    private final Map<K, Cipher> alive = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, ActorRef<C>> byNumber = new HashMap<>();
    private int retiring;
    private long round;

    /// @param numbers no two are the same in the life of the parent
    Living(int max, IntSupplier numbers, Care<K, C> care) {
        this.max = max;
        this.numbers = numbers;
        this.care = care;
    }

    void tell(K key, C command) {
        Cipher cipher = alive.get(key);
        if (cipher == null) {
            cipher = spawn(key, numbers.getAsInt());
        }
        cipher.asked = round;
        if (cipher.retiring) {
            cipher.held.add(command);
        } else {
            cipher.ref.tell(command);
        }
        trim();
    }

    private Cipher spawn(K key, int number) {
        Cipher cipher = new Cipher(number, care.spawn().spawn(key, number));
        alive.put(key, cipher);
        byNumber.put(number, cipher.ref);
        return cipher;
    }

    /// Empty for a cipher that has retired: it left nothing open.
    Optional<ActorRef<C>> byNumber(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    private void trim() {
        while (alive.size() - retiring > max) {
            alive.entrySet().stream()
                    .filter(entry -> !entry.getValue().retiring)
                    .findFirst()
                    .ifPresent(entry -> retire(entry.getKey(), entry.getValue()));
        }
    }

    private void retire(K key, Cipher cipher) {
        cipher.retiring = true;
        retiring++;
        CompletableFuture<Boolean> promise = new CompletableFuture<>();
        cipher.ref.tell(care.retire().apply(promise));
        care.retired().await(key, promise);
    }

    /// The answer of a cipher that was told to retire.
    void retired(K key, boolean ended) {
        Cipher cipher = alive.get(key);
        if (cipher == null) {
            return;
        }
        retiring--;
        List<C> held = List.copyOf(cipher.held);
        cipher.held.clear();
        cipher.retiring = false;
        if (!ended) {
            held.forEach(cipher.ref::tell);
            return;
        }
        alive.remove(key);
        byNumber.remove(cipher.number);
        held.forEach(command -> tell(key, command));
    }

    /// Ends a round: who was not asked in this one nor in the one before retires.
    void sweep() {
        List<K> idle = new ArrayList<>();
        alive.forEach((key, cipher) -> {
            if (!cipher.retiring && cipher.asked < round) {
                idle.add(key);
            }
        });
        round++;
        idle.forEach(key -> retire(key, present(key)));
        trim();
    }

    private Cipher present(K key) {
        Cipher cipher = alive.get(key);
        if (cipher == null) {
            throw new IllegalStateException("no cipher of " + key);
        }
        return cipher;
    }

    /// To each of them, once: those that retire get it when they stay, or their successors do.
    void tellAll(Function<CompletableFuture<Done>, C> command, Collection<CompletableFuture<Done>> parts) {
        for (Cipher cipher : alive.values()) {
            CompletableFuture<Done> part = new CompletableFuture<>();
            parts.add(part);
            if (cipher.retiring) {
                cipher.held.add(command.apply(part));
            } else {
                cipher.ref.tell(command.apply(part));
            }
        }
    }
}
