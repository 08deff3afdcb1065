/// How things read from outside: JSON and pictures.
///
/// - Knows: the names and order of fields, and how a QR code is drawn.
/// - Receives: views, rows and public events.
/// - Gives: JSON trees and bytes.
/// - Never: asks anybody; leaves a field out because it is empty (it is `null` then).
/// - First file to read: [AccountForm].
@NullMarked
package dev.waggle.platform.admin.form;

import org.jspecify.annotations.NullMarked;
