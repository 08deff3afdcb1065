package dev.waggle.storage;

import dev.waggle.address.MessageId;
import dev.waggle.storage.row.MediaRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The files that came with messages or went with them: not their bytes, but where these are.
public interface MediaStore extends StoreWriter {
    /// How many rows [#media] gives at most; more messages of one id are somebody's game.
    int SAME_ID_MAX = 16;

    /// Those of every message with this id, whoever wrote it to whom, the latest first.
    CompletionStage<List<MediaRow>> media(MessageId id);
}
