/// The operator's HTTP routes: phones, contacts, groups, devices, faults, the report.
///
/// - Knows: paths and JSON.
/// - Receives: requests.
/// - Gives: answers, made on the exchange's thread; errors as RFC 9457 problems.
/// - Never: keeps state.
/// - First file to read: [AdminRoutes].
@NullMarked
package dev.waggle.simulator.admin;

import org.jspecify.annotations.NullMarked;
