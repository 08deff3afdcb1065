package dev.waggle.platform.port;

import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.message.Message;
import java.util.concurrent.CompletionStage;

/// The files of messages that go out.
public interface Attachments {
    /// The message of an intent, with the place of its file when it has one: uploaded now, unless it was before.
    /// May take as long as an upload does.
    ///
    /// Fails with a [ContactException] when the file can never be had or is refused for good; any other failure may
    /// pass.
    CompletionStage<Message> placed(Intent intent, Message message);

    /// The intent is done for: its file is not needed any more.
    void over(Intent intent);
}
