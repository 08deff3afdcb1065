/// HTTP as the admin API speaks it, apart from what it is about.
///
/// - Knows: routes as data, problems, bodies, queries, what a client accepts, event frames.
/// - Receives: parsed requests.
/// - Gives: a matched [Call], or a [ProblemException]; responses in one form.
/// - Never: knows accounts; takes a field or a query value that it was not told of.
/// - First file to read: [Problem], then [RouteTable].
@NullMarked
package dev.waggle.platform.admin.http;

import org.jspecify.annotations.NullMarked;
