package dev.waggle.simulator.fault;

import dev.waggle.address.Jid;
import java.util.Optional;

/// One armed fault.
///
/// - `target`: a user (PN or LID) or one device of it; empty = everybody with a socket.
/// - `count`: how often it strikes, 0 = until removed.
/// - `ms`: the length of the ban that [Kind#FAILURE] tells with code 402, the delay of [Kind#DELAY], the time that
/// [Kind#REORDER] waits for a second message (0 = 200), the time after which [Kind#BLACKHOLE] ends by itself (0 =
/// never); 0..600000.
/// - `code`: the code of [Kind#STREAM_ERROR] (default 503), [Kind#NACK] (default 479), [Kind#FAILURE] (default
///   503), [Kind#REFUSE_ROTATION] (default 503), the status of a media fault, for [Kind#MEDIA_DOWN] the number of
/// the host (0 = every one).
/// - `after`: how many stanzas of the device are let through before [Kind#CUT] or [Kind#STREAM_ERROR] strikes, 0 =
///   now.
public record Fault(Kind kind, Optional<Jid> target, int count, int ms, int code, int after) {
    public enum Kind {
        /// The connection is closed without a word.
        CUT,
        /// Everything for the device arrives later, in order.
        DELAY,
        /// A message arrives twice.
        DUPLICATE,
        /// A message arrives after the next one.
        REORDER,
        /// The connection stays up and nothing flows, in no direction.
        BLACKHOLE,
        /// `stream:error code=…`, then the connection is closed.
        STREAM_ERROR,
        /// A sent message is answered with `ack error=…` and dropped.
        NACK,
        /// A login is answered with `failure reason=…`.
        FAILURE,
        /// The server has a new static key and chain from the next greeting on.
        ROTATE_SERVER_KEY,
        /// A client that resumes (IK) is answered as if its key were unknown (XXfallback).
        REFUSE_RESUME,
        /// A client that does not resume is shown certificates whose term is over.
        EXPIRED_CHAIN,
        /// The server's part of a greeting arrives with a wrong last byte.
        SPOIL_GREETING,
        /// The server drops the device's keys, as if it had never had any.
        LOSE_KEYS,
        /// The server goes back to the signed pre-key before the present one, or to none when there was none.
        LOSE_ROTATION,
        /// A rotation of the signed pre-key is answered with `error code=…` (default 503).
        REFUSE_ROTATION,
        /// A resend in the shape of a fan-out is taken (the real server refuses it with 479).
        TOLERATE_RETRY_FANOUT,
        /// A media host closes the connection without a word: host 1 or 2 by `code`, or every one. Media faults
        /// have no target.
        MEDIA_DOWN,
        /// An upload is answered with that `code`.
        MEDIA_UPLOAD_STATUS,
        /// The connection of an upload is closed after `after` bytes of its body.
        MEDIA_UPLOAD_CUT,
        /// A download is answered with that `code`.
        MEDIA_DOWNLOAD_STATUS,
        /// The connection of a download is closed after `after` bytes of its body.
        MEDIA_DOWNLOAD_CUT,
        /// The hosts let the file go that is asked for: `code` (default 410) until a phone uploads it again.
        MEDIA_GONE,
        /// A bit of what is downloaded is wrong.
        MEDIA_SPOILT;

        /// `tolerate-retry-fanout` and so on.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        /// Strikes before it is known who greets.
        boolean greets() {
            return switch (this) {
                case ROTATE_SERVER_KEY, REFUSE_RESUME, EXPIRED_CHAIN, SPOIL_GREETING -> true;
                default -> false;
            };
        }
    }

    public Fault {
        require("count", count, 1_000_000);
        require("ms", ms, 600_000);
        require("code", code, 999);
        require("after", after, 1_000_000);
        if (kind.greets() && target.isPresent()) {
            throw new IllegalArgumentException("target: " + target.get() + " (expected: none for " + kind.text() + ")");
        }
    }

    private static void require(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0.." + max + ")");
        }
    }
}
