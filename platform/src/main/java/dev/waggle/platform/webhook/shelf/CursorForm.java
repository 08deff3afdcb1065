package dev.waggle.platform.webhook.shelf;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.webhook.lane.Cursor;
import dev.waggle.proto.journal.CursorRow;
import dev.waggle.proto.journal.DeadLetterRow;
import dev.waggle.proto.journal.LaneRow;
import java.time.Instant;

/// Cursors and dead letters as they are stored.
final class CursorForm {
    private CursorForm() {}

    static CursorRow row(Cursor cursor) {
        CursorRow.Builder row = CursorRow.newBuilder()
                .setRead(cursor.read())
                .setDelivered(cursor.delivered())
                .setDeadLetters(cursor.deadLetters());
        cursor.lanes()
                .forEach(lane -> row.addLanes(LaneRow.newBuilder()
                        .setLane(lane.lane())
                        .setHead(lane.head())
                        .setAttempts(lane.attempts())
                        .setFirstAttemptMillis(lane.firstAttempt())
                        .setNextAttemptMillis(lane.nextAttempt())
                        .setProblem(lane.problem())
                        .setEventAtMillis(lane.eventAt())));
        return row.build();
    }

    static Cursor of(CursorRow row) {
        return new Cursor(
                row.getRead(),
                row.getLanesList().stream()
                        .map(lane -> new Cursor.Waiting(
                                lane.getLane(),
                                lane.getHead(),
                                lane.getAttempts(),
                                lane.getFirstAttemptMillis(),
                                lane.getNextAttemptMillis(),
                                lane.getProblem(),
                                lane.getEventAtMillis()))
                        .toList(),
                row.getDelivered(),
                row.getDeadLetters());
    }

    static DeadLetterRow row(DeadLetter letter) {
        return DeadLetterRow.newBuilder()
                .setSequence(letter.sequence())
                .setType(letter.type())
                .setEventAtMillis(letter.eventAt().toEpochMilli())
                .setAttempts(letter.attempts())
                .setBuriedAtMillis(letter.buriedAt().toEpochMilli())
                .setReason(letter.reason())
                .setProblem(letter.problem())
                .build();
    }

    static DeadLetter of(AccountId account, DeadLetterRow row) {
        return new DeadLetter(
                account,
                row.getSequence(),
                row.getType(),
                Instant.ofEpochMilli(row.getEventAtMillis()),
                row.getAttempts(),
                Instant.ofEpochMilli(row.getBuriedAtMillis()),
                row.getReason(),
                row.getProblem());
    }
}
