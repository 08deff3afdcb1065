package dev.waggle.persistence.cassandra.rows;

import dev.waggle.address.Bytes;
import dev.waggle.persistence.cassandra.link.CqlErrors;
import dev.waggle.persistence.cassandra.rows.Entries.Put;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.keyvalue.KeyValues.Changing;
import dev.waggle.storage.keyvalue.KeyValues.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Stream;

/// One account's rows in this process.
///
/// Who writes owns the room: it took the next epoch by a conditional update and finished what the owner before it
/// had begun. Each write carries a timestamp of that epoch and a count. A batch in one partition is one mutation;
/// one over several is first written down whole ([Redo]) and then carried out; when that is interrupted, nothing
/// else happens in the room until it is finished. Before each batch the owner looks whether it still is.
final class Room {
    private static final long GROUP_BYTES = 1024 * 1024;
    private static final int CLAIMS_MAX = 20;
    private static final String MARK = "applied";

    private enum Standing {
        /// Nobody here has written yet.
        STRANGER,
        OWNER,
        /// An owner who does not know how its last write ended.
        UNSURE,
        /// Another process took the room.
        FORMER
    }

    private final String name;
    private final Entries entries;
    private final int seenSeconds;
    private final Stored stored;
    private final Known known;
    private final StepQueue queue;
    /// Held by who writes, or finds out who may.
    private final ReentrantLock owning = new ReentrantLock();
    /// Questions share it; a batch that is carried out has it alone, so that nobody sees a half one.
    private final ReentrantReadWriteLock state = new ReentrantReadWriteLock();
    private final ConcurrentSkipListSet<String> listed = new ConcurrentSkipListSet<>();
    private final Set<String> emptied = new HashSet<>();
    private volatile Standing standing = Standing.STRANGER;
    private volatile boolean cleared;
    private long epoch;
    private long count;
    /// What is written down was carried out, but the paper does not say so.
    private boolean unsettled;
    private int parts;

    /// @param seenSeconds see [Layout#liveSeconds]
    Room(String name, Entries entries, int seenSeconds, Executor executor) {
        this.name = name;
        this.entries = entries;
        this.seenSeconds = seenSeconds;
        this.stored = new Stored(name, entries, () -> standing == Standing.OWNER ? listed : null);
        this.known = new Known(stored);
        this.queue = new StepQueue(executor, this::work);
    }

    <T> CompletionStage<T> change(Function<Changing, T> step) {
        return queue.add(step);
    }

    private void work(List<Step<?>> steps) {
        owning.lock();
        try {
            own();
            int done = 0;
            while (done < steps.size()) {
                done = together(steps, done);
            }
        } finally {
            owning.unlock();
        }
    }

    private int together(List<Step<?>> steps, int from) {
        Overlay group = new Overlay(known);
        List<Runnable> answers = new ArrayList<>();
        int next = from;
        do {
            answers.add(steps.get(next++).over(group));
        } while (next < steps.size() && group.bytes() < GROUP_BYTES);
        commit(group);
        answers.forEach(Runnable::run);
        return next;
    }

    <T> T ask(Function<Reading, T> question) {
        Admission reading = new Admission();
        try {
            return question.apply(reading);
        } finally {
            reading.leave();
        }
    }

    /// The first look decides what the question is about.
    private final class Admission implements Reading {
        private boolean inside;

        private void enter(String kind) {
            if (inside) {
                return;
            }
            if (kind.equals(MARK)) {
                // Who asks for the mark begins to run the account, perhaps after others did.
                locked(Room.this::begin);
            } else if (standing == Standing.UNSURE || standing != Standing.OWNER && !Layout.isPublic(kind)) {
                locked(Room.this::own);
            }
            state.readLock().lock();
            inside = true;
        }

        private void leave() {
            if (inside) {
                state.readLock().unlock();
            }
        }

        @Override
        public Optional<Bytes> get(String key) {
            enter(Key.parse(key).kind());
            return stored.get(key);
        }

        @Override
        public Stream<Map.Entry<String, Bytes>> between(String after, String before) {
            enter(Key.parse(after).kind());
            return stored.between(after, before);
        }
    }

    private void locked(Runnable work) {
        owning.lock();
        try {
            work.run();
        } finally {
            owning.unlock();
        }
    }

    private void begin() {
        if (standing == Standing.OWNER && entries.epoch(name) == epoch) {
            return;
        }
        claim();
    }

    private void own() {
        switch (standing) {
            case OWNER -> {}
            case STRANGER -> claim();
            case UNSURE -> {
                verify();
                finish();
            }
            case FORMER -> throw taken();
        }
    }

    private StoreException taken() {
        return new StoreException(Code.STORAGE_LOCKED, "another process writes in " + name + " since epoch " + epoch);
    }

    private void verify() {
        if (entries.epoch(name) != epoch) {
            standing = Standing.FORMER;
            throw taken();
        }
    }

    private void claim() {
        for (int attempt = 0; attempt < CLAIMS_MAX; attempt++) {
            long raised = entries.raise(name, entries.epoch(name));
            if (raised > 0) {
                Stamps.check(raised);
                epoch = raised;
                count = 0;
                standing = Standing.UNSURE;
                finish();
                return;
            }
        }
        throw new StoreException(Code.STORAGE_BUSY, "too many want to write in " + name);
    }

    private long stamp() {
        return Stamps.of(epoch, ++count);
    }

    /// Carries out what was written down and perhaps not carried out. The paper says so afterwards, also when it
    /// did before: a write of the past that arrives late must not be taken for one to carry out.
    private void finish() {
        state.writeLock().lock();
        try {
            Optional<Redo> redo = entries.get(name, Layout.REDO, Redo.HEAD).map(Redo::read);
            parts = redo.map(Redo::parts).orElse(0);
            redo.filter(Redo::open).ifPresent(open -> {
                List<Put> rows = rows(open);
                if (!rows.isEmpty()) {
                    carryOut(rows, open.timestamp());
                }
            });
            settle();
            known.forget();
            listed.clear();
            emptied.clear();
            stored.listed().forEach(listed::add);
            standing = Standing.OWNER;
        } finally {
            state.writeLock().unlock();
        }
    }

    /// Empty when a part belongs to a later step, which began only after this one was carried out.
    private List<Put> rows(Redo redo) {
        List<Put> rows = new ArrayList<>(redo.rows());
        for (int part = 1; part <= redo.parts(); part++) {
            List<Put> more = entries.get(name, Layout.REDO, Redo.part(part))
                    .map(bytes -> Redo.readPart(bytes, redo.timestamp()))
                    .orElse(List.of());
            if (more.isEmpty()) {
                return List.of();
            }
            rows.addAll(more);
        }
        return rows;
    }

    private void settle() {
        long timestamp = stamp();
        List<Put> paper = new ArrayList<>();
        paper.add(new Put(Layout.REDO, Redo.HEAD, Redo.done(timestamp).head(), 0));
        forgetParts(paper, 0);
        send(paper, timestamp);
        unsettled = false;
        parts = 0;
    }

    private void forgetParts(List<Put> paper, int needed) {
        for (int part = needed + 1; part <= parts; part++) {
            paper.add(new Put(Layout.REDO, Redo.part(part), null, 0));
        }
    }

    /// Nobody here has written, or what was written is gone.
    boolean isForgettable() {
        return cleared || standing == Standing.STRANGER;
    }

    private void commit(Overlay changes) {
        List<Put> rows = rows(changes);
        if (rows.isEmpty()) {
            return;
        }
        cleared = false;
        verify();
        state.writeLock().lock();
        try {
            long timestamp = stamp();
            boolean direct = Entries.isOneStep(rows)
                    && rows.stream().map(Put::bucket).distinct().count() == 1;
            if (!direct) {
                writeDown(rows, timestamp);
            } else if (unsettled) {
                settle();
                timestamp = stamp();
            }
            carryOut(rows, timestamp);
        } catch (RuntimeException e) {
            standing = Standing.UNSURE;
            known.forget();
            throw CqlErrors.of(e);
        } finally {
            state.writeLock().unlock();
        }
        known.follow(changes.changes());
        noteEmptied(rows);
    }

    private void writeDown(List<Put> rows, long timestamp) {
        List<List<Put>> portions = Redo.portions(rows);
        Sending sending = new Sending(entries);
        int further = portions.size() == 1 ? 0 : portions.size();
        for (int part = 1; part <= further; part++) {
            Put written = new Put(Layout.REDO, Redo.part(part), Redo.part(timestamp, portions.get(part - 1)), 0);
            sending.add(entries.batches(name, List.of(written), timestamp));
        }
        sending.await();
        Redo head = new Redo(true, timestamp, further, further == 0 ? rows : List.of());
        List<Put> paper = new ArrayList<>();
        paper.add(new Put(Layout.REDO, Redo.HEAD, head.head(), 0));
        forgetParts(paper, further);
        send(paper, timestamp);
        parts = further;
        unsettled = true;
    }

    private void carryOut(List<Put> rows, long timestamp) {
        Map<String, List<Put>> byBucket = new TreeMap<>();
        rows.forEach(row -> byBucket.computeIfAbsent(row.bucket(), bucket -> new ArrayList<>())
                .add(row));
        Sending sending = new Sending(entries);
        byBucket.values().forEach(puts -> sending.add(entries.batches(name, puts, timestamp)));
        sending.await();
    }

    private void send(List<Put> rows, long timestamp) {
        new Sending(entries).add(entries.batches(name, rows, timestamp)).await();
    }

    /// With the lines of the list of counted buckets that they make necessary, and those that went empty.
    private List<Put> rows(Overlay changes) {
        List<Put> rows = new ArrayList<>();
        Set<String> used = new HashSet<>();
        changes.changes().forEach((text, value) -> {
            Key key = Key.parse(text);
            String bucket = Layout.bucket(key);
            int live = Layout.liveSeconds(key.kind(), seenSeconds);
            rows.add(new Put(bucket, Key.name(text), value.orElse(null), value.isEmpty() ? 0 : live));
            if (value.isPresent() && Layout.form(key.kind()) instanceof Layout.Counted) {
                used.add(bucket);
            }
        });
        emptied.removeAll(used);
        for (String bucket : emptied) {
            listed.remove(bucket);
            rows.add(new Put(Layout.CORE, Layout.listing(bucket), null, 0));
        }
        emptied.clear();
        for (String bucket : used) {
            if (listed.add(bucket)) {
                rows.add(new Put(Layout.CORE, Layout.listing(bucket), Bytes.EMPTY, 0));
            }
        }
        return rows;
    }

    /// Old counted buckets of which nothing is left are not looked into any more.
    private void noteEmptied(List<Put> rows) {
        rows.stream()
                .filter(row -> row.value() == null && listed.contains(row.bucket()))
                .map(Put::bucket)
                .distinct()
                .filter(bucket -> !isLatest(bucket) && entries.isEmpty(name, bucket))
                .forEach(emptied::add);
    }

    private boolean isLatest(String bucket) {
        String later = listed.higher(bucket);
        int kind = bucket.indexOf('/') + 1;
        return later == null || !later.startsWith(bucket.substring(0, kind));
    }

    /// Everything, the list of buckets last: when this is interrupted, it can be done again.
    void clear() {
        locked(() -> {
            own();
            state.writeLock().lock();
            try {
                List<CompletionStage<?>> sent = new ArrayList<>();
                long timestamp = stamp();
                for (String family : Layout.families()) {
                    Layout.buckets(family).forEach(bucket -> sent.add(entries.clear(name, bucket, timestamp)));
                }
                listed.forEach(bucket -> sent.add(entries.clear(name, bucket, timestamp)));
                sent.add(entries.clear(name, Layout.REDO, timestamp));
                sent.forEach(CqlErrors::join);
                CqlErrors.join(entries.clear(name, Layout.CORE, timestamp));
                known.forget();
                listed.clear();
                emptied.clear();
                unsettled = false;
                parts = 0;
                cleared = true;
            } finally {
                state.writeLock().unlock();
            }
        });
    }
}
