package dev.waggle.storage.sqlite.file;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// What SQLite's result codes mean to callers.
final class SqlErrors {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int TOO_BIG = 18;
    private static final int CONSTRAINT = 19;
    private static final int NOT_A_DATABASE = 26;
    // Growing the shared-memory file of the WAL fails with this one when the disk is full.
    private static final int IO_SHM_SIZE = 4874;

    private SqlErrors() {}

    static StoreException typed(Throwable failure) {
        return switch (failure) {
            case StoreException typed -> typed;
            case SQLiteException sqlite -> new StoreException(code(sqlite.getResultCode().code), text(sqlite), sqlite);
            case SQLException other -> new StoreException(Code.STORAGE_UNAVAILABLE, text(other), other);
            default ->
                new StoreException(Code.STORAGE_REFUSED, failure.getClass().getSimpleName(), failure);
        };
    }

    private static Code code(int result) {
        if (result == IO_SHM_SIZE) {
            return Code.STORAGE_FULL;
        }
        return switch (result & 0xFF) {
            case FULL -> Code.STORAGE_FULL;
            case CORRUPT, NOT_A_DATABASE -> Code.STORAGE_CORRUPT;
            case CONSTRAINT, TOO_BIG -> Code.STORAGE_REFUSED;
            case BUSY, LOCKED -> Code.STORAGE_LOCKED;
            default -> Code.STORAGE_UNAVAILABLE;
        };
    }

    private static String text(SQLException failure) {
        return String.valueOf(failure.getMessage());
    }
}
