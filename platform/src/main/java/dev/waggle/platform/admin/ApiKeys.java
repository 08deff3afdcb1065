package dev.waggle.platform.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.Digest;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.ProblemException;
import dev.waggle.storage.control.ApiKeyRow;
import dev.waggle.storage.control.ControlStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Who may call. A key is 256 random bits (or what the operator chose), stored as its SHA-256 and found by it, so
/// nothing here compares secrets byte by byte.
///
/// The store is asked again after a second, so that a key that is taken back counts no longer than that, and who
/// calls often does not have a cluster read the same row all day. While it does not answer, a key counts that it
/// confirmed a short while ago: whoever calls then is to hear what is the matter, not that nobody knows him.
final class ApiKeys {
    /// The one scope that there is yet: everything.
    static final String ADMIN = "admin";

    private static final String FROM_ENVIRONMENT = "environment";
    private static final String GENERATED = "first";
    private static final String BEARER = "bearer ";
    private static final int SECRET_BYTES = 32;

    /// How long a key is believed that the store confirmed, before it is asked again.
    private static final Duration FRESH = Duration.ofSeconds(1);
    /// How long a key is believed that the store confirmed, while it does not answer.
    private static final Duration BELIEVED = Duration.ofMinutes(10);
    /// A store that takes longer for a key it confirmed before does not answer.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int CONFIRMED_MAX = 10_000;

    /// A key as the store had it.
    ///
    /// @param asked of the monotonic clock
    private record Confirmed(ApiKeyRow row, Instant at, long asked) {}

    private final ControlStore control;
    private final Clock clock;
    private final LongSupplier nanos;
    /// The chosen key is believed without the store while that is away: who looks after the node must see that it
    /// is.
    private volatile @Nullable Bytes given;
    private final Cache<Bytes, Confirmed> confirmed =
            Caffeine.newBuilder().maximumSize(CONFIRMED_MAX).build();

    ApiKeys(ControlStore control, Clock clock) {
        this(control, clock, System::nanoTime);
    }

    ApiKeys(ControlStore control, Clock clock, LongSupplier nanos) {
        this.control = control;
        this.clock = clock;
        this.nanos = nanos;
    }

    /// Makes sure that somebody can call: stores the chosen key in place of the one chosen before, or generates the
    /// first one ever and gives it out, once.
    CompletionStage<Optional<String>> prepare(@Nullable String chosen, SecureRandom random) {
        if (chosen != null) {
            given = hash(chosen);
            return store(FROM_ENVIRONMENT, chosen).thenApply(_ -> Optional.empty());
        }
        return control.apiKeys("", 1).thenCompose(keys -> {
            if (!keys.isEmpty()) {
                return CompletableFuture.completedStage(Optional.empty());
            }
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            String key = "wgl_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            return store(GENERATED, key).thenApply(_ -> Optional.of(key));
        });
    }

    private CompletionStage<Void> store(String id, String key) {
        return control.putApiKey(
                new ApiKeyRow(id, hash(key), Set.of(ADMIN), "made at start", clock.instant(), null, false));
    }

    private static Bytes hash(String key) {
        return Bytes.wrap(Digest.sha256(Bytes.utf8(key).unsafeArray()));
    }

    /// The id of the key that came along; otherwise fails with `unauthorized` or `forbidden`.
    CompletionStage<String> check(Optional<String> authorization) {
        String header = authorization.orElse("");
        if (header.isEmpty()) {
            return CompletableFuture.failedStage(refused("no Authorization header"));
        }
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return CompletableFuture.failedStage(refused("another scheme"));
        }
        String key = header.substring(BEARER.length()).strip();
        Bytes hashed = hash(key);
        return find(hashed).handle((row, failure) -> {
            if (failure == null) {
                return holder(row.filter(this::holds));
            }
            Bytes chosen = given;
            if (chosen != null && hashed.equals(chosen)) {
                return FROM_ENVIRONMENT;
            }
            throw failure instanceof CompletionException same ? same : new CompletionException(failure);
        });
    }

    private CompletionStage<Optional<ApiKeyRow>> find(Bytes hash) {
        Confirmed before = confirmed.getIfPresent(hash);
        long now = nanos.getAsLong();
        if (before != null && now - before.asked() < FRESH.toNanos()) {
            return CompletableFuture.completedStage(Optional.of(before.row()));
        }
        CompletionStage<Optional<ApiKeyRow>> asked = control.apiKeyByHash(hash).thenApply(row -> {
            row.ifPresentOrElse(
                    found -> confirmed.put(hash, new Confirmed(found, clock.instant(), now)),
                    () -> confirmed.invalidate(hash));
            return row;
        });
        return before == null || clock.instant().isAfter(before.at().plus(BELIEVED))
                ? asked
                : asked.toCompletableFuture()
                        .copy()
                        .completeOnTimeout(Optional.of(before.row()), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(failure -> Optional.of(before.row()));
    }

    private boolean holds(ApiKeyRow row) {
        Instant end = row.expiresAt();
        return !row.disabled() && (end == null || clock.instant().isBefore(end));
    }

    private static String holder(Optional<ApiKeyRow> row) {
        ApiKeyRow key = row.orElseThrow(() -> refused("an unknown key"));
        if (!key.scopes().contains(ADMIN)) {
            throw Problem.FORBIDDEN.because("API key " + key.id() + ": its scopes lack " + ADMIN);
        }
        return key.id();
    }

    private static ProblemException refused(String what) {
        return Problem.UNAUTHORIZED
                .because("Authorization", what, "Bearer and a key that holds")
                .header("WWW-Authenticate", "Bearer");
    }
}
