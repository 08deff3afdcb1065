// Parsers of other people, asked by the tests: one JSON question on stdin, one JSON answer on stdout.
//   {"promql": ["up"], "dockerfiles": ["FROM x"], "composes": ["/a/compose.yaml"]}
//   {"promql": [{"error": "" | "…", "selectors": [{"metric": "up", "labels": ["job"], "range": false}], "grouping": ["job"]}],
//    "dockerfiles": [["2: …"]], "composes": [["3: rule: …"]]}
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { validate } from 'dockerfile-utils';
import { DCLinter } from 'dclint';

const question = JSON.parse(readFileSync(0, 'utf8'));

function promql(text) {
  const answer = { error: '', selectors: [], grouping: [] };
  const node = (at) => text.slice(at.from, at.to);
  let selector = null;
  parser.parse(text).iterate({
    enter(at) {
      switch (at.name) {
        case '⚠':
          answer.error ||= `not PromQL at ${at.from}: ${text.slice(at.from, at.from + 20)}`;
          break;
        case 'MatrixSelector':
          selector = { metric: '', labels: [], range: true };
          answer.selectors.push(selector);
          break;
        case 'VectorSelector':
          if (at.node.parent?.name !== 'MatrixSelector') {
            selector = { metric: '', labels: [], range: false };
            answer.selectors.push(selector);
          }
          break;
        case 'Identifier':
          if (at.node.parent?.name === 'VectorSelector') selector.metric = node(at);
          break;
        case 'LabelName':
          if (at.node.parent?.name === 'GroupingLabels') answer.grouping.push(node(at));
          else if (/Matcher/.test(at.node.parent?.name ?? '')) selector?.labels.push(node(at));
          break;
        case 'FunctionCall': {
          // What the grammar alone does not know: these take a range, and the others of ours do not.
          const name = node(at.node.firstChild);
          const range = /\[[^\]]+\](\s+offset\s+\S+)?\s*\)$/.test(node(at));
          if (/^(rate|increase|irate|delta|changes|resets|\w+_over_time)$/.test(name) && !range) {
            answer.error ||= `${name}(…) takes a range: ${node(at)}`;
          }
          break;
        }
      }
    },
  });
  return answer;
}

function compose(path) {
  // The schema of the compose specification, and what is more than a matter of taste.
  const linter = new DCLinter({
    rules: {
      'no-build-and-image': 0,
      'require-project-name-field': 2,
      'require-ports-interface': 0,
      'service-dependencies-alphabetical-order': 0,
      'service-image-require-explicit-tag': 2,
      'service-keys-order': 0,
      'service-ports-alphabetical-order': 0,
      'services-alphabetical-order': 0,
      'top-level-properties-order': 0,
      'no-unbound-port-interfaces': 2,
      'no-quotes-in-volumes': 0,
      'require-quotes-in-ports': 0,
      'service-container-name-regex': 2,
    },
    quiet: false,
    debug: false,
    exclude: [],
  });
  return linter
    .lintFiles([path], false)
    .flatMap((file) => file.messages.map((found) => `${found.line}: ${found.rule}: ${found.message}`));
}

const answer = {
  promql: (question.promql ?? []).map(promql),
  dockerfiles: (question.dockerfiles ?? []).map((text) =>
    validate(text).map((found) => `${found.range.start.line + 1}: ${found.message}`),
  ),
  composes: (question.composes ?? []).map(compose),
};
process.stdout.write(JSON.stringify(answer));
