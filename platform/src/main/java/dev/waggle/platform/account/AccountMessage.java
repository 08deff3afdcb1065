package dev.waggle.platform.account;

/// Everything an [Account] understands: commands from outside, and what only its own wiring may say.
sealed interface AccountMessage permits AccountCommand, AccountNotice {}
