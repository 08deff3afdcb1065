/// What lies in `deploy/`, tried before anybody deploys it: parsed strictly, rendered, held against the schemas of
/// those who will read it and against what this build really has.
///
/// - Knows: the schemas of Kubernetes, the Prometheus operator, compose files and PromQL, through other people's
///   parsers.
/// - Receives: files of `deploy/`, as they are or spoilt by a test.
/// - Gives: [Breach]es, each with a place and what is wrong there.
/// - Never: ships; reaches a cluster or a container engine.
/// - First file to read: [Deploy], then [Chart] and [Manifests].
@NullMarked
package dev.waggle.deploy.lint;

import org.jspecify.annotations.NullMarked;
